"""Django admin, one file a noun; importing them registers what they show."""

from exclusions.admin import rounds, tariff

__all__ = ["rounds", "tariff"]
