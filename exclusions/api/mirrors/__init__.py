"""What programs fetch that keep a copy of the docket: each change, in the order of its number."""
