"""Who of the staff may open what, whichever door they come by."""
