"""The database as the site asks it: for how long, and what it means when it does not answer."""
