"""What the pages show on which many cases are worked."""
