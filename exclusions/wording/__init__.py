"""Product texts in the style of the annex: taken apart, generated, remarked on. Knows nothing of Django."""
