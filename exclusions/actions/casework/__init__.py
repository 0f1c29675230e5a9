"""What is done with many cases at once, or at one desk in one go, and how a team shares its work."""
