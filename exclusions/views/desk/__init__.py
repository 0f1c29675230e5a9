"""Pages of the desk: the case on one screen, its tabs, and agreeing with the desk before."""
