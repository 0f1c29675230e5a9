"""Django admin, one file a noun; importing them registers what they show."""

from exclusions.admin import exclusions, rounds, tariff

__all__ = ["exclusions", "rounds", "tariff"]
