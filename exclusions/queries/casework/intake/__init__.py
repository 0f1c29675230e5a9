"""Petitions before intake by the day of one requester: which there are, and what is odd in each beside the others."""
