"""Rounds as administrators and loaders write them: versions, orders, and the forms and lists that they name."""
