"""What the staff work many cases with: the store of all cases, and what is made of it."""
