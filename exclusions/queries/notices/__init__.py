"""What is carried to the Federal Register, and what follows from a term or a new edition."""
