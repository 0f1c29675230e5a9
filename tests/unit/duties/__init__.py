"""Rates as printed, what they come to, and the days until which a duty can be asked back."""
