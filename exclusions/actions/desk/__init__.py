"""What is done to many cases at once, and what groups them."""
