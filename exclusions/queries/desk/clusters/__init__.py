"""Clusters and their members: lists, pages, what departs, what may be cited."""
