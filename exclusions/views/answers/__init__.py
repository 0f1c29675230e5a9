"""Pages that answer: search, what is owed, does mine fit, refunds, watching, statistics, context, help."""
