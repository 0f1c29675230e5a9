"""Django's own, with the seals of `exclusions.gateways.database.sealing`."""
