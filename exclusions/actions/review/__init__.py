"""Intake, assignments, findings and reviews, product texts."""
