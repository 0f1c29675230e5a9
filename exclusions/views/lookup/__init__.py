"""Pages that answer: tariff, search, what is owed, excluded, does mine fit, refunds, watching, statistics, help."""
