"""What the token's person watches, and what was posted to their webhooks."""
