"""One field: label, hint, error, control, in the order in which a screen reader should meet them.

The ids are the ones that Django names in aria-describedby. A form field may carry these attributes: visibility
("public" or "confidential"), is_grouped (its badge stands above the group), shown_required (marked as required although
a draft may leave it empty), required_if (what it hangs on), unit_prefix and unit_suffix ("$", "kg").
"""

from html import escape
from typing import Any

from django.forms import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from exclusions.forms.drawing.widgets import DRAWN

_BADGES = {
    "confidential": ' <span class="tc-badge tc-badge--confidential">Business confidential</span>',
    "bci": ' <span class="tc-badge tc-badge--confidential">Business confidential</span>',
    "public": ' <span class="tc-badge">Public</span>',
}
# Where the badge stands above a group of questions, the label of each says the same to who does not see it.
_SAID = {
    "confidential": '<span class="usa-sr-only"> Business confidential</span>',
    "public": '<span class="usa-sr-only"> Public</span>',
}


class Drawing(TemplatesSetting):
    """Django's renderer, which draws without a template what pages are full of."""

    def render(self, template_name: str, context: Any, request: Any = None) -> SafeString:
        """Return a field or widget as HTML."""
        if template_name == "django/forms/field.html":
            return draw_field(context["field"])
        if template_name in DRAWN:
            return mark_safe(DRAWN[template_name](context["widget"]))
        return mark_safe(super().render(template_name, context, request))


def draw_field(field: BoundField) -> SafeString:
    """Return a field in its group. Whatever people typed is escaped."""
    wrong = " usa-form-group--error" if field.errors else ""
    inside = _fieldset(field) if field.use_fieldset else f"{_label(field)}{_control(field)}"
    return mark_safe(f'<div class="usa-form-group{wrong}">{inside}</div>')


def _fieldset(field: BoundField) -> str:
    told, legend = field.aria_describedby, ""
    if field.label:
        wrong = " usa-label--error" if field.errors else ""
        legend = f'<legend class="usa-label{wrong}">{conditional_escape(field.label)}{_marks(field)}</legend>'
    described = f' aria-describedby="{escape(told)}"' if told else ""
    return f'<fieldset class="usa-fieldset"{described}>{legend}{_control(field)}</fieldset>'


def _label(field: BoundField) -> str:
    if not field.label or field.widget_type == "checkbox":
        return ""
    wrong, key = " usa-label--error" if field.errors else "", field.id_for_label
    of = f' for="{escape(key)}"' if key else ""
    return f'<label class="usa-label{wrong}"{of}>{conditional_escape(field.label)}{_marks(field)}</label>'


def _control(field: BoundField) -> str:
    errors = str(field.errors) if field.errors else ""
    if field.widget_type == "checkbox":
        words = f"{conditional_escape(field.label)}{_marks(field)}"
        label = f'<label class="usa-checkbox__label" for="{escape(field.id_for_label)}">{words}</label>'
        return f'{errors}<div class="usa-checkbox">{field} {label}</div>{_hint(field)}'
    before, after = (getattr(field.field, name, "") for name in ("unit_prefix", "unit_suffix"))
    if not before and not after:
        return f"{_hint(field)}{errors}{field}"
    wrong = " usa-input-group--error" if field.errors else ""
    prefix = f'<div class="usa-input-prefix" aria-hidden="true">{conditional_escape(before)}</div>' if before else ""
    suffix = f'<div class="usa-input-suffix" aria-hidden="true">{conditional_escape(after)}</div>' if after else ""
    return f'{_hint(field)}{errors}<div class="usa-input-group{wrong}">{prefix}{field}{suffix}</div>'


def _hint(field: BoundField) -> str:
    """The hint, which holds markup of ours alone."""
    if not field.help_text:
        return ""
    key = f' id="{escape(field.auto_id)}_helptext"' if field.auto_id else ""
    return f'<div class="usa-hint"{key}>{field.help_text}</div>'


def _marks(field: BoundField) -> str:
    asked, found = field.field, ""
    hangs_on = getattr(asked, "required_if", "")
    condition = f' data-required-if="{escape(str(hangs_on))}"' if hangs_on else ""
    if asked.required or getattr(asked, "shown_required", False):
        found = f' <abbr title="required" class="usa-label--required"{condition}>*</abbr>'
    elif hangs_on:
        found = f' <abbr title="required" class="usa-label--required"{condition} hidden>*</abbr>'
    badges = _SAID if getattr(asked, "is_grouped", False) else _BADGES
    return found + badges.get(getattr(asked, "visibility", ""), "")
