"""Reads that cross tables or shape a page."""
