"""Tables of how the staff work many cases."""
