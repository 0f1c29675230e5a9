"""A number's page and lists of lines, made from the facts."""
