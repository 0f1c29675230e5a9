"""Does the number of a product text stand that day, and in the next edition on file? Asked wherever a text goes on."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime

from exclusions.days import span_in_full
from exclusions.facts.lines import Edition, Line, edition_after, editions, wordings
from exclusions.facts.renumbered import left_on
from exclusions.facts.speaking import number_status
from exclusions.facts.successions import successions
from exclusions.hts import HtsNumber
from exclusions.workflow.deadlines import eastern_date

MOST_NAMED = 4


def retired(number: str, at: datetime, *, named: Collection[str] = (), since: date | None = None) -> list[str]:
    """Say that the plain number does not stand on the day of `at`, or that the next edition on file retires it.

    Each sentence has the edition, the days of the number and of those that follow it. `named` are the plain numbers
    that the text names itself: where one of them stands in that edition, the text has gone on to it already. Nothing
    is said where no edition tells. Two statements, and a few more where there is something to say; none where it stands
    on and on from `since`, as a text says of its number (`ProductDraft.stands_from`).
    """
    own, day = HtsNumber(number), eastern_date(at)
    if since is not None and since <= day and left_on(number, day) is None:
        return []
    known = editions()
    lines = wordings(own) if known else []
    today = number_status(own, day, known, lines)
    if today.exists is False and today.edition is not None:
        return _sentences(own, today.edition, day, known, lines, named)
    later = edition_after(number, day, known)
    if not today.exists or later is None or number_status(own, later.valid_from, known, lines).exists is not False:
        return []
    return _sentences(own, later, later.valid_from, known, lines, named)


def _sentences(  # what was read once is handed on
    number: HtsNumber,
    edition: Edition,
    day: date,
    known: Sequence[Edition],
    lines: Sequence[Line],
    named: Collection[str],
) -> list[str]:
    others = [HtsNumber(one) for one in named if one != number.plain and len(one) == number.level]
    if any(number_status(other, day, known, wordings(other)).exists for other in others):
        return []
    _, after = successions([number.plain])[number.plain]
    followed = {HtsNumber(item.number): wordings(HtsNumber(item.number)) for item in after[: 2 * MOST_NAMED]}
    stand = [(other, found) for other, found in followed.items() if number_status(other, day, known, found).exists]
    said = "; ".join(f"{other} stands {_days(other, found)}" for other, found in stand[:MOST_NAMED])
    begins = f"{number} is not in {edition}. It stands {_days(number, lines)}."
    if not stand:
        return [f"{begins} We know of no number that replaced it. Look up the goods in that edition."]
    return [f"{begins} Write the text for the number that follows: {said}."]


def _days(number: HtsNumber, lines: Iterable[Line]) -> str:
    """From and through which days the editions on file have a number: several spans where it came again."""
    family = sorted(lines, key=_first)
    own = [line for line in family if line.number == number.plain] or [
        line for line in family if line.number == number.hts8
    ]
    spans: list[tuple[date, date | None]] = []
    for line in own:
        first, last = _first(line), line.valid_to
        if spans and (spans[-1][1] is None or (first - spans[-1][1]).days <= 1):
            first, before = spans.pop()
            last = None if last is None or before is None else max(last, before)
        spans.append((first, last))
    if not spans:
        return "in no edition on file"
    return " and ".join(span_in_full(first, last) for first, last in spans)


def _first(line: Line) -> date:
    return line.valid_from or date.min
