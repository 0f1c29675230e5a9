"""What filers may do with what they prepare, and what of it is confidential."""
