"""One case on one screen: its tabs, what is put on its record, and the acts on it."""
