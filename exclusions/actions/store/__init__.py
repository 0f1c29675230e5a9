"""The writer of the case store and of many rows at once: every wing may call it, and it calls none of them."""
