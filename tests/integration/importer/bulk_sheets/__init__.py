"""Bulk sheets, from the template to the drafts."""
