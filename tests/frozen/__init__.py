"""What people and programs read at some hundred addresses, compared between two commits. See README.md beside it."""
