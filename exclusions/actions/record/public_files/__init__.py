"""Public files after they were taken in: read again, waiting for a person, given a cleaner copy."""
