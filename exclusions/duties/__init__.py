"""Money and days of an entry: what a rate as printed comes to, and until when a duty can be asked back. No Django."""
