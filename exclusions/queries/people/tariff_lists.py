"""The tariff lists with their rates and lines, as administrators keep them."""

from django.db.models import Count, Q, QuerySet

from exclusions.models import ActionRate, CoveredLine, TariffAction

SHOWN = 100


def lists_with_counts() -> "QuerySet[TariffAction]":
    """Return the lists in their order, each with `rate_count` and `line_count`."""
    return TariffAction.objects.annotate(
        rate_count=Count("rates", filter=Q(rates__superseded_at__isnull=True), distinct=True),
        line_count=Count("covered_lines", filter=Q(covered_lines__superseded_at__isnull=True), distinct=True),
    ).order_by("position", "code")


def row_of(action: TariffAction, table: str, key: int) -> TariffAction | ActionRate | CoveredLine | None:
    """Return a row of a list by its table (list, rate or line) and key, or None."""
    if table == "list":
        return action
    if table == "rate":
        return ActionRate.objects.filter(action=action, pk=key).first()
    return CoveredLine.objects.filter(action=action, pk=key).first()


def lines_beginning(action: TariffAction, number: str) -> list[CoveredLine]:
    """Return the first lines of a list whose number begins with these digits, dotted or not; none without digits."""
    digits = number.replace(".", "").strip()
    if not digits.isdigit():
        return []
    rows = CoveredLine.objects.filter(action=action, number__startswith=digits[:10])
    return list(rows.order_by("number", "heading", "valid_from")[:SHOWN])


def never_right(action: TariffAction) -> "list[ActionRate | CoveredLine]":
    """Return the last rows of a list that two administrators found were never right, the latest on top."""
    of_tables: list[ActionRate | CoveredLine] = []
    for rows in (ActionRate.versions, CoveredLine.versions):
        found = rows.filter(action=action, superseded_at__isnull=False)
        of_tables += found.order_by("-superseded_at", "-pk")[:SHOWN]
    return sorted(of_tables, key=lambda row: (row.superseded_at, row.pk), reverse=True)[:SHOWN]
