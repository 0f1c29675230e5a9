"""What filers prepare before it is a petition."""
