"""What the staff see of many cases at once, of one case on its one screen, and how it came to stand where it stands."""
