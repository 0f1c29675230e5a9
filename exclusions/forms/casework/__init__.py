"""Forms of the staff: what narrows and sorts many cases, and what is entered for one or many."""
