"""Petitions, responses and replies, as they are filed."""
