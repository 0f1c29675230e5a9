"""Whether a number can be filed in a round on a day: it exists, and one of the round's actions covers it.

The page that explains a number in full is built by `queries.tariff`; here are only the few rows that the rule needs.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from exclusions.hts import HtsNumber, range_of
from exclusions.models import ActionRate, CoveredLine, HtsEdition, Round, TariffLine


@dataclass(frozen=True)
class NumberStanding:
    """What holds of a 10-digit number on a day. `exists` is None when no edition speaks for the number that day.

    `covered_by` are the labels of the actions in force that cover it, `in_round` whether one of them is the round's.
    `suspended_by` are those that name it but took no effect. `neighbours` are numbers to choose from when it is not in
    the schedule.
    """

    number: HtsNumber
    as_of: date
    exists: bool | None
    in_round: bool
    covered_by: tuple[str, ...]
    suspended_by: tuple[str, ...]
    neighbours: tuple[str, ...]


def number_standing(number: HtsNumber, round: Round, as_of: date) -> NumberStanding:
    """Return how a 10-digit number stands in a round on a day. At most five statements."""
    first, after = range_of(number.hts8)
    family = list(
        TariffLine.objects.on(as_of)
        .filter(number__gte=first, number__lt=after)
        .order_by("number")
        .values_list("number", flat=True)
    )
    covering, suspended = _actions_covering(number, as_of)
    codes = {action.code for action in round.actions.all()}
    eligible = not round.eligible_chapters or number.chapter in round.eligible_chapters
    return NumberStanding(
        number=number,
        as_of=as_of,
        exists=_exists(number, family, as_of),
        in_round=eligible and not codes.isdisjoint(covering),
        covered_by=tuple(f"List {code}" if code[:1].isdigit() else name for code, name in covering.items()),
        suspended_by=tuple(f"List {code}" if code[:1].isdigit() else name for code, name in suspended.items()),
        neighbours=tuple(line for line in family if len(line) == 10),
    )


def _exists(number: HtsNumber, family: list[str], as_of: date) -> bool | None:
    """Ten digits stand in the schedule, or are an 8-digit line without breakout and 00."""
    if number.plain in family:
        return True
    if number.plain.endswith("00") and family == [number.hts8]:
        return True
    editions = HtsEdition.objects.filter(valid_from__lte=as_of).order_by("-valid_from")
    return False if any(edition.covers(number.plain) for edition in editions) else None


def _actions_covering(number: HtsNumber, as_of: date) -> tuple[dict[str, str], dict[str, str]]:
    """{code: name} of the actions in force that cover the number, and of those that name it but are suspended.

    A row for the statistical number goes before the row for its subheading: lists carve numbers in and out.
    """
    rows = list(
        CoveredLine.objects.on(as_of)
        .filter(number__in=(number.hts8, number.plain))
        .order_by("action__position", "number")
        .values_list("action__code", "action__name", "number", "heading", "included")
    )
    named = {code for code, _, plain, _, _ in rows if plain == number.plain}
    counted = [row for row in rows if row[0] not in named or row[2] == number.plain]
    headings = {heading for _, _, _, heading, included in counted if included}
    rates = ActionRate.objects.on(as_of).filter(heading__in=headings)
    live = (
        set(rates.filter(~Q(kind=ActionRate.Kind.SUSPENDED)).values_list("heading", flat=True)) if headings else set()
    )
    covering = {code: name for code, name, _, heading, included in counted if included and heading in live}
    suspended = {code: name for code, name, _, heading, included in counted if included and code not in covering}
    return covering, suspended
