"""Filters whose form is the same for everybody: its class is made once, and not with every page."""

from collections import OrderedDict
from copy import copy
from typing import Any, ClassVar

import django_filters
from django import forms


class _Filters(OrderedDict[str, Any]):
    """The filters of a class. Each of its sets has its own, which share what nothing changes."""

    def __deepcopy__(self, memo: dict[int, Any]) -> dict[str, Any]:
        """Return filters that can be bound to a set: the library copies all that they hold, choices and words too."""
        copies = {name: copy(one) for name, one in self.items()}
        for one in copies.values():
            one.method = one.method  # which binds its method to the copy
        return copies


class _Fields(dict[str, forms.Field]):
    """The fields of a form, which nothing changes while it is filled in: a set for each request is made of the same."""

    def __deepcopy__(self, memo: dict[int, Any]) -> dict[str, forms.Field]:
        """Return a set of its own of the fields."""
        return dict(self)


class KeptForm(django_filters.FilterSet):
    """A set of filters with fixed choices. The form itself is made for each request, with fields that all share."""

    kept_form_class: ClassVar[type[forms.Form]]

    @classmethod
    def get_filters(cls) -> dict[str, Any]:
        """Return the filters by their names, as each set of them begins."""
        return _Filters(super().get_filters())

    @property
    def shown(self) -> dict[str, str]:
        """What was given for each filter, as it is shown again; empty where nothing was."""
        return {name: self.data.get(name) or "" for name in self.base_filters}

    def get_form_class(self) -> type[forms.Form]:
        """Return the class of the form, made when it is first asked for."""
        if "kept_form_class" not in vars(type(self)):  # never that of a parent
            made = super().get_form_class()
            made.base_fields = _Fields(made.base_fields)
            type(self).kept_form_class = made
        return type(self).kept_form_class
