"""The rows of the signing list, built in one go: a loop of a template costs most of the page."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from exclusions.gateways.templates.markup import escaped
from exclusions.templatetags.tariff_format import dotted, eastern

register = template.Library()

ROW = (
    '<tr><td data-label="Choose"><input class="tc-box" type="checkbox" name="chosen" value="{reference}:{status}"'
    ' form="select-many" aria-label="Choose {reference}"{checked}></td><th scope="row" data-label="Reference">'
    '<a href="{before}{reference}{after}">{reference}</a></th><td data-label="Product">{product}<br>'
    '<span class="tc-quiet">{organization}</span></td><td data-label="HTSUS number">'
    '<span class="tc-number">{number}</span></td><td data-label="Legal review">{concluded}{codes}{departs}</td>'
    '<td data-label="Waiting since">{since}</td></tr>'
)


@register.simple_tag
def signing_rows(cases: Iterable[Any], checked: bool) -> SafeString:
    """Return the table rows of cases as `queries.agency.short_worklists.to_sign` gives them."""
    # The route is looked up once and not once a row.
    before, after = reverse("sign-case", args=["*"]).split("*")
    return mark_safe("\n".join([_row(case, before, after, checked) for case in cases]))


def _row(case: Any, before: str, after: str, checked: bool) -> str:
    """Whatever people typed or a table holds is escaped here."""
    return ROW.format(
        before=before,
        reference=escaped(case.reference),
        after=after,
        status=escaped(case.status),
        checked=" checked" if checked else "",
        product=escaped(case.product),
        organization=escaped(case.organization),
        number=escaped(dotted(case.number)),
        concluded=escaped(case.concluded),
        codes=f" ({escaped(', '.join(case.codes))})" if case.codes else "",
        departs=", departs from the recommendation" if case.departs else "",
        since=eastern(case.since),
    )
