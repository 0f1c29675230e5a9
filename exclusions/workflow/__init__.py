"""States, roles, the transition table and date arithmetic. Knows nothing of the database."""
