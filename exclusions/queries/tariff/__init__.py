"""A number's page, lists of lines and the number picker, made from the facts."""
