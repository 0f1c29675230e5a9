"""What the tests of notices, terms and renumbering are made of."""
