"""One command a module; what it prints is a sentence that a person can act on."""
