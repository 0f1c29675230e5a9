"""What a filer's pages show."""
