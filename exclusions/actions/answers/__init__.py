"""What people who ask may change: what they watch, and what they keep."""
