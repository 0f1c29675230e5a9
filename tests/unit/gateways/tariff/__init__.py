"""Files and facts of the tariff."""
