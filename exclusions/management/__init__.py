"""Commands for operators, and the demonstration."""
