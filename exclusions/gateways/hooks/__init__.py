"""Webhooks: where one may go, how it is signed, and the one place that posts to an address that a person gave."""
