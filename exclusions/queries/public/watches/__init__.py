"""What can be watched: how a watch is written, which petitions its words find, and what is news to it."""
