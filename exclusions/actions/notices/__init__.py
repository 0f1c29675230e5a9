"""Notices from draft to publication, letters' templates, extensions of terms, amendments of texts, renumbering."""
