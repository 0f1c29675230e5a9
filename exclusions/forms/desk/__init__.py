"""What is entered on the one screen of a case."""
