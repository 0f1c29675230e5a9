"""The database as the site asks it: for how long, by which words, what it counts by itself and what is sealed."""
