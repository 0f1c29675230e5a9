"""The rows of the list of clusters, built in one go: a loop of a template costs half of the page."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from exclusions import hts
from exclusions.gateways.templates.markup import escaped
from exclusions.templatetags.tariff_format import eastern

register = template.Library()

MIXED = '<br><span class="tc-tag tc-tag--bad">Granted and denied</span>'
ROW = (
    '<tr><th scope="row" data-label="Cluster"><a href="{before}{key}{after}">{title}</a><br>'
    '<span class="tc-quiet">{key}, {state}</span></th>'
    '<td data-label="HTSUS number"><span class="tc-number">{number}</span></td>'
    '<td data-label="Cases">{size:,}<br><span class="tc-quiet">{live:,} live, {past:,} historical</span></td>'
    '<td data-label="Outcomes">{outcomes}{mixed}</td><td data-label="Oldest">{oldest}</td>'
    '<td data-label="Opposing">{opposed:,}</td>{stake}</tr>'
)


@register.simple_tag
def cluster_rows(rows: Iterable[Any], whole: bool) -> SafeString:
    """Return the table rows of clusters as `queries.desk.clusters.lists` gives them; `whole`: with what is at stake."""
    before, after = reverse("cluster", args=[0]).split("0")
    return mark_safe("\n".join([_row(row, before, after, whole) for row in rows]))


def _row(row: Any, before: str, after: str, whole: bool) -> str:
    """What a table holds is escaped here; the rest are numbers, days and the words of this module."""
    cluster, stake = row.cluster, ""
    if whole:
        stake = f'<td data-label="At stake">{"Not known" if row.value is None else f"${row.value:,}"}</td>'
    return ROW.format(
        before=before,
        key=int(cluster.pk),
        after=after,
        title=escaped(cluster.title),
        state=escaped(cluster.State(cluster.state).label.lower()),
        number=escaped(hts.dotted(cluster.hts10) if cluster.hts10 else ""),
        size=cluster.size,
        live=row.live,
        past=row.historical,
        outcomes=", ".join(f"{escaped(label)} {count:,}" for label, count in row.outcomes),
        mixed=MIXED if row.mixed else "",
        oldest=eastern(row.oldest) if row.oldest else "Not known",
        opposed=row.opposed,
        stake=stake,
    )
