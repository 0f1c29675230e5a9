"""Watching: who is told what has become public, how often, and by which words."""
