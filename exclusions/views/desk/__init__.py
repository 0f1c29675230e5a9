"""Pages for work on many cases, and the case on one screen: acts, the next case, the team, saved views, notes."""
