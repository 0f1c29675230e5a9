"""The database as the site asks it: for how long, what it means when it does not answer, what is sealed."""
