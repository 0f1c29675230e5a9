"""Django's own, with the seals of `tradecases.database.sealing`."""
