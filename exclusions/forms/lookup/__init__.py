"""Forms of the pages that answer: search, value and day, words that are to fit, entry lines, watches."""
