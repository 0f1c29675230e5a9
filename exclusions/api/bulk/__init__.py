"""Bulk sheets of a person’s programs: rows taken in, checked, made drafts, certified and filed, as on their pages."""
