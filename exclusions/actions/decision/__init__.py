"""Decisions and the notices that publish them."""
