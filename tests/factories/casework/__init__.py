"""What the desk asks, compares and ends, as the tests make it."""
