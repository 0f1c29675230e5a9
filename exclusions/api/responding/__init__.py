"""Responses to petitions, and the requesters' replies, sent by programs: forms, actions and refusals of the pages."""
