"""What tests of notices make: listed exclusions, notices, texts."""
