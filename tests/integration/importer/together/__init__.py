"""Acts of owners on many petitions alike."""
