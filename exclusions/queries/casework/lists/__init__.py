"""Lists of cases: the worklists, the search, which case is next, and the views that are kept."""
