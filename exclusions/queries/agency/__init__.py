"""What the staff's pages show."""
