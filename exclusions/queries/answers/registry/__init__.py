"""The list of exclusions: how they stand on a day, and what a page of it shows."""
