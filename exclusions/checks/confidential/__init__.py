"""Confidential values: which there are, how they are written, where they are repeated."""
