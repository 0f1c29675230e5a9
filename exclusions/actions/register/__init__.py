"""Notices, letters' templates, extensions of terms, amendments of texts, renumbering."""
