"""Writes: each refuses with ActionRefused or changes all it has to, in one transaction."""
