"""Notices from draft to publication: what is chosen for one, what it is sent as, and what its publication writes."""
