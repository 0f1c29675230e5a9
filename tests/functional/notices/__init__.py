"""Notices, letters, terms, renumbering, in Chromium."""
