"""What the staff see of many cases, and of one among them."""
