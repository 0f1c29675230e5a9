"""The API of the staff."""
