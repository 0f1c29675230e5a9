"""How the staff work many cases: the case on one screen, what its tabs show and its desks adopt."""
