"""Pages for work on many cases: acts on chosen ones, the next case, the team, saved views, notes."""
