"""Statistics of the docket: each module counts one thing and makes the sheets of it. Public tables only."""
