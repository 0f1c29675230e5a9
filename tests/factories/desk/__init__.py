"""Many cases at once, for tests of the desk."""
