"""One command a module: the tokens by which programs sign in."""
