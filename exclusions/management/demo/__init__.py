"""A small believable docket of fictional companies, walked through the real actions."""
