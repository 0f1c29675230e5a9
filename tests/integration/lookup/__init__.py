"""Search, what is owed, fit, refunds, watching, statistics, context, help."""
