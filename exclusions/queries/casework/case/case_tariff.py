"""What the tariff says of a case's number: as of its filing day, by which it is judged, and where today differs.

And whether an exclusion covers its product already, so that it is closed as covered before anybody judges it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef
from django.db.models.functions import Left

from exclusions.facts.coverage import Coverage
from exclusions.facts.exclusions import InForce, NamedExclusion, exclusions_on
from exclusions.facts.filing_day import filing_day
from exclusions.facts.numbers import NumberOnDay, over_time
from exclusions.hts import HtsNumber
from exclusions.models import ExclusionNumber, Petition
from exclusions.wording import parse
from exclusions.wording.fit import Verdict, fits
from exclusions.wording.said import Goods
from exclusions.workflow.deadlines import eastern_date


@dataclass(frozen=True)
class CaseTariff:
    """The number on the filing day, and in sentences what is otherwise today; none where nothing is."""

    filed: NumberOnDay
    today: date
    differences: list[str]


def case_tariff(petition: Petition, at: datetime, stamp: str | None = None) -> CaseTariff | None:
    """Return what the tariff says of a petition's number; None where it names none. Six statements, then one.

    One less where the caller has read the tariff's stamp.
    """
    if not petition.hts10:
        return None
    known = over_time(HtsNumber(petition.hts10), stamp)
    filed, now = known.number_on(filing_day(petition.submitted_at, at)), known.number_on(eastern_date(at))
    return CaseTariff(filed, now.as_of, list(_differences(filed, now)))


def _differences(filed: NumberOnDay, now: NumberOnDay) -> Iterator[str]:
    if now.exists != filed.exists:
        yield {
            True: f"{now.number} is in the HTSUS ({now.speaks}).",
            False: f"{now.number} is not in the HTSUS ({now.speaks}).",
            None: f"No edition on file says whether {now.number} exists.",
        }[now.exists]
    elif now.description != filed.description:
        yield f"The words of {now.number} are different: {now.description}"
    if list(map(_duty, now.coverage)) != list(map(_duty, filed.coverage)):
        yield (
            f"It is on {'; '.join(map(_describe_coverage, now.coverage))}."
            if now.coverage
            else "No list in force covers it."
        )
    before, after = _terms(filed.exclusions), _terms(now.exclusions)
    for ended in [named for key, named in before.items() if key not in after]:
        yield f"Exclusion {ended.reference} under heading {ended.heading_dotted} is not in force."
    for begun in [named for key, named in after.items() if key not in before]:
        yield f"Exclusion {begun.reference} under heading {begun.heading_dotted} is in force."


def _duty(item: Coverage) -> tuple[object, ...]:
    return item.list_code, item.heading, item.rate_pct, item.in_part, item.only, item.without


def _describe_coverage(item: Coverage) -> str:
    return f"{item.label}, {item.rate_pct.normalize():f}%{' (in part)' if item.in_part else ''}"


def _terms(named: Sequence[NamedExclusion]) -> dict[object, NamedExclusion]:
    return {item.term: item for item in named}


def named_by_exclusion() -> Exists:
    """Return what says of a petition whether any exclusion ever named its number, to annotate petitions with.

    It is asked of every case page, so that it is small: `excluding` asks the rest where one did.
    """
    numbers = [OuterRef("hts10"), Left(OuterRef("hts10"), 8)]
    return Exists(ExclusionNumber.versions.filter(number__in=numbers))


def excluding(petition: Petition, named: Iterable[InForce] | None = None) -> InForce | None:
    """Return the exclusion of a list of its round that covered a petition's product on its filing day; None where none
    surely did.

    Of those that take out the whole number it is the one that lasts longest; else that whose text surely means the
    goods as the public reads of them. `named` are those in force for the number on that day, where they have been read.
    Two statements, none where its page has read that no exclusion ever named the number (`named_by_exclusion`).
    """
    if not petition.hts10 or petition.submitted_at is None or not getattr(petition, "named_by_exclusion", True):
        return None
    if named is None:
        day = filing_day(petition.submitted_at, petition.submitted_at)
        named = exclusions_on(petition.hts10, day, petition.round_id)
    mine = [one for one in named if one.of_round]
    whole = next((one for one in mine if one.whole_number), None)
    if whole or not mine:
        return whole
    stored = getattr(petition, "stored", None)
    goods = Goods(stored.words if stored else "")
    fit = (one for one in mine if goods.words and fits(parse(one.text), goods).verdict is Verdict.YES)
    return next(fit, None)
