"""What the texts of a case argue, whether they are marked, and whether each argument is answered."""
