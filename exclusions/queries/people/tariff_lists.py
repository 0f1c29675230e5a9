"""The tariff lists with their rates and lines, as administrators keep them."""

from django.db.models import Count, QuerySet

from exclusions.models import ActionRate, CoveredLine, TariffAction

SHOWN = 100


def lists_with_counts() -> "QuerySet[TariffAction]":
    """Return the lists in their order, each with `rate_count` and `line_count`."""
    return TariffAction.objects.annotate(
        rate_count=Count("rates", distinct=True), line_count=Count("covered_lines", distinct=True)
    ).order_by("position", "code")


def row_of(action: TariffAction, table: str, key: int) -> TariffAction | ActionRate | CoveredLine | None:
    """Return a row of a list by its table (list, rate or line) and key, or None."""
    if table == "list":
        return action
    rows = ActionRate.objects if table == "rate" else CoveredLine.objects
    return rows.filter(action=action, pk=key).first()


def lines_beginning(action: TariffAction, number: str) -> list[CoveredLine]:
    """Return the first lines of a list whose number begins with these digits, dotted or not; none without digits."""
    digits = number.replace(".", "").strip()
    if not digits.isdigit():
        return []
    rows = CoveredLine.objects.filter(action=action, number__startswith=digits[:10])
    return list(rows.order_by("number", "heading", "valid_from")[:SHOWN])
