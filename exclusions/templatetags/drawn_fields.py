"""A field of a form within a template of its own."""

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString

from exclusions.forms.drawing.fields import draw_field

register = template.Library()


@register.simple_tag
def drawn_field(field: BoundField) -> SafeString:
    """Return a field in its group."""
    return draw_field(field)
