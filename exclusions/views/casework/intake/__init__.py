"""Pages of the intake clerk about many petitions at once."""
