"""Pictures and drawings within files."""
