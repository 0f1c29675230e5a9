"""Filters whose values a page shows again as they were given."""

import django_filters


class ShownFilters(django_filters.FilterSet):
    """A set of filters that knows what was given for each."""

    @property
    def shown(self) -> dict[str, str]:
        """What was given for each filter, as it is shown again; empty where nothing was."""
        return {name: self.data.get(name) or "" for name in self.base_filters}
