"""Responses and comments: sent without an account, posted or declined, replied to, withdrawn and replaced."""
