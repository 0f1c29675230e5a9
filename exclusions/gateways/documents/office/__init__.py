"""Word and Excel files: what they say, what is taken out of public ones, and what they may not do."""
