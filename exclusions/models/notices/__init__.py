"""What carries decisions to the Federal Register: notices and their annexes, templates of letters, terms."""
