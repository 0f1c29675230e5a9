"""The words of letters: which there are, what their templates may name, and the small language that these are in."""
