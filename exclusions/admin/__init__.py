"""Django admin, one file a noun; importing them registers what they show."""

from exclusions.admin import rounds

__all__ = ["rounds"]
