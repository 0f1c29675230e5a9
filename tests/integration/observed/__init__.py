"""What an operator sees of the site at work."""
