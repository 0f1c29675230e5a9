"""One case: its tabs, its record, and the acts on it."""
