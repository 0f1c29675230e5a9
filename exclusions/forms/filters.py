"""Filters whose values a page shows again as they were given."""

import django_filters


class ShownFilters(django_filters.FilterSet):
    """A set of filters that knows what was given for each."""

    @property
    def entered(self) -> dict[str, str]:
        """The text that was entered for each filter; "" where none was."""
        return {name: self.data.get(name) or "" for name in self.base_filters}
