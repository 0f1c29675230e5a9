"""Forms of the desk: what narrows and sorts many cases, and what is entered for them."""
