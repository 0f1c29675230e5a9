"""What the tariff says of a case's number: as of its filing day, by which it is judged, and where today differs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject, TruncDate

from exclusions.facts.coverage import Coverage
from exclusions.facts.exclusions import NamedExclusion
from exclusions.facts.filing_day import filing_day
from exclusions.facts.numbers import NumberOnDay, over_time
from exclusions.hts import HtsNumber
from exclusions.models import ExclusionNumber, ExclusionTerm, Petition
from exclusions.models.exclusion import SUPERSEDED
from exclusions.models.tariff import lasts_to
from exclusions.workflow.deadlines import EASTERN, eastern_date

TEXTS, NUMBERS = "exclusion__texts__", "exclusion__texts__numbers__"


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


def names_whole() -> Exists:
    """Return what says of a petition whether any exclusion ever took its whole number out, to annotate petitions with.

    It is asked of every case page, so that it is small: `whole_exclusion` asks the rest where there is one.
    """
    return Exists(ExclusionNumber.versions.filter(number=OuterRef("hts10"), text__whole_number=True))


def whole_exclusion(petition: Petition) -> dict[str, str] | None:
    """Return the exclusion that took a petition's whole number out of a list of its round on the filing day
    ({"reference", "until"}), that which lasts longest; None where there is none. One statement, none where its page has
    read that no exclusion ever did (`names_whole`).

    The day is New York’s. Exclusions of described goods are judged by people, on the page of like cases.
    """
    if not getattr(petition, "names_whole", True):
        return None
    day = OuterRef("filed_day")
    begun = [Q(**{f"{row}valid_from__isnull": True}) | Q(**{f"{row}valid_from__lte": day}) for row in (TEXTS, NUMBERS)]
    terms = ExclusionTerm.objects.filter(
        *begun,
        lasts_to(day),
        lasts_to(day, TEXTS),
        lasts_to(day, NUMBERS),
        status=ExclusionTerm.Status.PUBLISHED,
        valid_from__lte=day,
        exclusion__action__rounds=OuterRef("round"),
        **{
            f"{TEXTS}{SUPERSEDED}__isnull": True,
            f"{TEXTS}whole_number": True,
            f"{NUMBERS}number": OuterRef("hts10"),
        },
    )
    latest = terms.order_by(F("valid_to").desc(nulls_first=True), "pk")
    found = Subquery(latest.values(found=JSONObject(reference="exclusion__reference", until="valid_to"))[:1])
    filed = Petition.objects.filter(pk=petition.pk).annotate(filed_day=TruncDate("submitted_at", tzinfo=EASTERN))
    return cast("dict[str, str] | None", filed.values_list(found, flat=True).order_by("pk").first())
