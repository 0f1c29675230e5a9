"""The manual of the staff: its pages, which page of the product each is about, and the tables in it."""
