"""Django admin, one file a noun; importing them registers what they show."""

from exclusions.admin import cases, exclusions, people, record, rounds, tariff

__all__ = ["cases", "exclusions", "people", "record", "rounds", "tariff"]
