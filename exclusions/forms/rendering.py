"""Forms drawn by templates: those of fields, and of the widgets that pages are full of, are Jinja2's.

`templates/forms` has them; the rest are Django's own, or ours of their names in `templates/django/forms`.
"""

from typing import Any

from django.forms.renderers import TemplatesSetting
from django.template import engines
from django.utils.translation import gettext, ngettext
from jinja2 import Environment

_INPUTS = "text number email url password hidden date datetime time checkbox file input"
IN_JINJA = {
    "django/forms/field.html": "forms/field.html",
    "django/forms/answer_field.html": "forms/answer_field.html",
    **{f"django/forms/widgets/{name}.html": "forms/input.html" for name in _INPUTS.split()},
    "django/forms/widgets/textarea.html": "forms/textarea.html",
    "django/forms/widgets/select.html": "forms/select.html",
    "django/forms/widgets/places.html": "forms/places.html",
    "django/forms/widgets/radio.html": "forms/boxes.html",
    "django/forms/widgets/checkbox_select.html": "forms/boxes.html",
    "django/forms/widgets/answer_grid.html": "forms/answer_grid.html",
    "django/forms/widgets/answer_rows.html": "forms/answer_rows.html",
}


class FormTemplates(TemplatesSetting):
    """Django's renderer of forms, which takes from Jinja2 what pages have by the dozen."""

    def get_template(self, template_name: str) -> Any:
        """Return the template that draws a form, a field or a widget."""
        if name := IN_JINJA.get(template_name):
            return engines["forms"].get_template(name)
        return super().get_template(template_name)


def environment(**options: Any) -> Environment:
    """Return the environment of the templates in `templates/forms`; what a field does not say of itself is empty."""
    return with_translations(Environment(**options, trim_blocks=True, lstrip_blocks=True))


def with_translations(made: Environment) -> Environment:
    """Give templates of Jinja2 `_("…")`, in Django's language; what is put into a sentence follows it: `|format(n=3)`.

    The call has nothing but the sentence, so that `makemessages` finds it.
    """
    made.add_extension("jinja2.ext.i18n")
    made.globals |= {"gettext": gettext, "ngettext": ngettext}
    return made
