"""Measurements of what is carried to the Federal Register."""
