"""Django's templates, rendered by shorter ways: what they say is the same."""
