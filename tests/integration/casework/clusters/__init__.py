"""Clusters and like cases, and what is done for many at once."""
