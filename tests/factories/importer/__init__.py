"""What filers prepare, for tests."""
