"""What tests of the register make: listed exclusions, notices, texts."""
