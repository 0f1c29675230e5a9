"""A PDF: what it says wherever it says it, what acts by itself in it, and what is taken out of a public one."""
