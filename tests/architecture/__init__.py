"""Fences that imports cannot show, read from the syntax trees of every module and from the tables themselves.

Each file names one rule and the few places that may break it. Its check is a plain function from the source of a
module to the breaches in it, so that the check itself is tested on snippets.
"""
