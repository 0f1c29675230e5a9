"""The way to a page, for `_components/breadcrumbs.html`."""

from django import template

register = template.Library()


@register.simple_tag
def trail(*steps: str) -> list[tuple[str, str]]:
    """Return the pages above this one, nearest last, each an address and its label, from `address label address ...`.

    An odd number of words is a mistake in the template and raises ValueError.
    """
    return list(zip(steps[::2], steps[1::2], strict=True))
