"""Intake: petitions that were filed together."""
