"""What is done with many cases at once, and how a team shares its work."""
