"""Files of the whole public docket for programs that keep a copy of it."""
