"""What an upgrade asks of operators: a site that is closed meanwhile, and rows that an old process wrote."""
