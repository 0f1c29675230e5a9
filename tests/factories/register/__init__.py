"""What the tests of notices, terms and amendments start from."""
