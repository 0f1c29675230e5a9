"""Gates and rights of the work on many cases."""
