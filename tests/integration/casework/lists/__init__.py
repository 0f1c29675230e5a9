"""What lists of cases leave out."""
