"""Clusters and like cases: lists, pages, what departs, what may be cited."""
