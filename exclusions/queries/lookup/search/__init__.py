"""The one search: what each kind of thing answers to, and how all of it is ranked and cut into pages."""
