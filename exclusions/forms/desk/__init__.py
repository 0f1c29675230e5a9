"""What the staff enter at the desk."""
