"""What the staff enter where they work many cases."""
