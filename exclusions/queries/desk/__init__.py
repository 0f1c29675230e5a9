"""What the staff see of many cases at once, and how a case came to stand where it stands."""
