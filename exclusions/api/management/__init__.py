"""Commands of the API, for operators."""
