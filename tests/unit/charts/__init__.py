"""Drawings worked out from figures."""
