"""What the API sends, where it is too much to stand beside its views."""
