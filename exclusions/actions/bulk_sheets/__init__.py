"""Bulk sheets: a table of petitions taken in, checked row by row as the form checks, and made drafts, each once."""
