"""Work on many cases: worklists, the team, notes, tags."""
