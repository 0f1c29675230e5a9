"""Files that people attach: their kind, text, cleaning, scan and store."""
