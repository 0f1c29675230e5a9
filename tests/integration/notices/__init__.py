"""Notices, letters, terms, renumbering."""
