"""Filters whose form is the same for everybody: its class is made once, and not with every page."""

from typing import ClassVar

import django_filters
from django import forms


class KeptForm(django_filters.FilterSet):
    """A set of filters with fixed choices. The form itself is made for each request, with fields of its own."""

    kept_form_class: ClassVar[type[forms.Form]]

    def get_form_class(self) -> type[forms.Form]:
        """Return the class of the form, made when it is first asked for."""
        if "kept_form_class" not in vars(type(self)):  # never that of a parent
            type(self).kept_form_class = super().get_form_class()
        return type(self).kept_form_class
