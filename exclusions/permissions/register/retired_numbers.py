"""Does the number of a product text stand that day, and in the next edition on file? Asked wherever a text goes on."""

from collections.abc import Collection
from datetime import date, datetime

from exclusions.facts.lines import Edition, Line, edition_after
from exclusions.facts.numbers import NumberOverTime, over_time
from exclusions.facts.successions import successions
from exclusions.hts import HtsNumber
from exclusions.workflow.deadlines import eastern_date

MOST_NAMED = 4


def retired(number: str, at: datetime, *, named: Collection[str] = ()) -> list[str]:
    """Say that the plain number does not stand on the day of `at`, or that the next edition on file retires it.

    Each sentence has the edition, the days of the number and of those that follow it. `named` are the plain numbers
    that the text names itself: where one of them stands in that edition, the text has gone on to it already. Nothing
    is said where no edition tells.
    """
    known, day = over_time(HtsNumber(number)), eastern_date(at)
    today = known.on(day)
    if today.exists is False and today.speaks is not None:
        return _sentences(known, today.speaks, day, named)
    later = edition_after(number, day, known.editions)
    if not today.exists or later is None or known.on(later.valid_from).exists is not False:
        return []
    return _sentences(known, later, later.valid_from, named)


def _sentences(known: NumberOverTime, edition: Edition, day: date, named: Collection[str]) -> list[str]:
    number = known.number.plain
    others = [other for other in named if other != number and len(other) == len(number)]
    if any(over_time(HtsNumber(other)).on(day).exists for other in others):
        return []
    _, after = successions([number])[number]
    followed = [over_time(HtsNumber(item.number)) for item in after[: 2 * MOST_NAMED]]
    standing = [other for other in followed if other.on(day).exists]
    said = "; ".join(f"{other.number} stands {_days(other)}" for other in standing[:MOST_NAMED])
    begins = f"{known.number} is not in {edition}. It stands {_days(known)}."
    if not standing:
        return [f"{begins} No number that follows it is known: look the goods up in that edition."]
    return [f"{begins} Write the text for the number that follows: {said}."]


def _days(known: NumberOverTime) -> str:
    """From and through which days the editions on file have a number: several spans where it came again."""
    own = sorted((line for line in known.wordings if line.number == known.number.plain), key=_first)
    own = own or sorted((line for line in known.wordings if line.number == known.number.hts8), key=_first)
    spans: list[tuple[date, date | None]] = []
    for line in own:
        first, last = _first(line), line.valid_to
        if spans and (spans[-1][1] is None or (first - spans[-1][1]).days <= 1):
            first, before = spans.pop()
            last = None if last is None or before is None else max(last, before)
        spans.append((first, last))
    if not spans:
        return "in no edition on file"
    return " and ".join(
        f"from {_words(first)}" + (f" through {_words(last)}" if last else " on") for first, last in spans
    )


def _first(line: Line) -> date:
    return line.valid_from or date.min


def _words(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"
