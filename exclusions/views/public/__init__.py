"""Pages for everybody; they read the public tables and the tariff alone."""
