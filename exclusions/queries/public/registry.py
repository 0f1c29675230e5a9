"""The registry of exclusions: which products are freed from which action's duty, in which words, from when to when.

A day (`as_of`) means: a published term that holds on the day, both ends inclusive. A term without a known start is
shown as unknown and is never counted as in force.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from exclusions.charts.terms import Axis, Term, term_axis
from exclusions.facts.exclusions import numbers_naming, term_in_force, wording_on
from exclusions.facts.fictional import fictional, is_all_invented, is_marked
from exclusions.gateways.tariff.exclusion_notices import NoticeFact, notices_of
from exclusions.goods.asked import read_asked
from exclusions.hts import dotted
from exclusions.models.exclusion import Exclusion, ExclusionNumber, ExclusionTerm, ExclusionText, note_cited
from exclusions.models.notices.public_notices import PublicNotice
from exclusions.models.public import PublicPetition
from exclusions.models.tariff import TariffAction
from exclusions.queries.chunks import read_in_chunks
from exclusions.queries.public.notices import notices_cited

ORDER = "reference"
TERM_ORDER = (F("valid_from").asc(nulls_last=True), "heading", "seq")
RULED = "By the rule"


def registry(
    *, hts: str = "", action: str = "", heading: str = "", as_of: date | None = None, words: str = ""
) -> "QuerySet[Exclusion]":
    """Return the exclusions that the filters leave, in the order of list and number.

    `hts`: the first digits of a statistical number that a text names, plain, or a number below 8 digits that it names;
    with `as_of` the text must mean the number on that day. `action`: the code of a list. `heading`: a plain chapter 99
    number; with `as_of` the same term must satisfy both. `words`: all must occur in one wording; or the beginning of
    a reference.
    """
    rows = Exclusion.objects.select_related("action")
    if action:
        rows = rows.filter(action__code=action)
    if heading or as_of:
        rows = rows.filter(Exists(_terms(heading, as_of).filter(exclusion=OuterRef("pk"))))
    if hts:
        rows = rows.filter(Exists(numbers_naming(hts, as_of).filter(text__exclusion=OuterRef("pk"))))
    if words:
        rows = rows.filter(found_by(words, as_of) | _begun(words.strip()))
    return rows.order_by(ORDER)


def found_by(typed: str, as_of: date | None = None) -> Q:
    """Return the condition that an exclusion has one wording with all the words (stemmed), and names all the numbers,
    typed.

    With `as_of` the numbers are those that it means on the day. Text without a word or a number finds none.
    """
    asked = read_asked(typed)
    if asked.is_empty:
        return Q(pk__in=[])
    if asked.reference:
        return _begun(asked.reference)
    found = Q()
    if asked.words:
        found &= Q(pk__in=ExclusionText.objects.filter(ExclusionText.worded(asked.words)).values("exclusion"))
    for number in asked.numbers:
        named = Q(pk__in=numbers_naming(number, as_of).values("text__exclusion"))
        as_word = ExclusionText.objects.filter(ExclusionText.worded([number])).values("exclusion")
        found &= named if number not in asked.text else named | Q(pk__in=as_word)
    return found


def _begun(typed: str) -> Q:
    """Return the condition that a reference, which is in capitals, begins so; to raise those on file takes longer than
    all.
    """
    return Q(reference__startswith=typed.upper())


def with_details(rows: "QuerySet[Exclusion]") -> "QuerySet[Exclusion]":
    """Return the rows with their texts, numbers and terms: three more statements, however many rows."""
    return rows.prefetch_related(
        Prefetch("texts", ExclusionText.objects.order_by("version")),
        Prefetch("texts__numbers", ExclusionNumber.objects.order_by("pk")),
        Prefetch("terms", ExclusionTerm.objects.annotate(fictional=fictional()).order_by(*TERM_ORDER)),
    )


class Offered(NamedTuple):
    """What the registry's filters offer: the actions as (code, name), and plain headings."""

    lists: list[tuple[str, str]]
    headings: list[str]


def offered() -> Offered:
    """Return what the filters offer, each in its order. Two statements."""
    lists = TariffAction.objects.order_by("position", "code").values_list("code", "name")
    headings = ExclusionTerm.objects.order_by("heading").values_list("heading", flat=True).distinct()
    return Offered(list(lists), list(headings))


@dataclass(frozen=True)
class Entry:
    """An exclusion as it stood on a day: the wording of that day, and every term with its state.

    One that `is_fictional` rests on terms alone that were made for the demonstration.
    """

    exclusion: Exclusion
    text: ExclusionText | None
    numbers: list[ExclusionNumber]
    terms: list[tuple[ExclusionTerm, str]]
    in_force: bool
    is_fictional: bool


def entry(exclusion: Exclusion, on: date) -> Entry:
    """Return what to show of an exclusion (read with `with_details`) on a day."""
    text = wording_on(exclusion.texts.all(), on)
    terms = [(term, state(term, on)) for term in exclusion.terms.all()]
    return Entry(
        exclusion=exclusion,
        text=text,
        numbers=list(text.numbers.all()) if text else [],
        terms=terms,
        in_force=any(word == "In force" for _, word in terms),
        is_fictional=is_all_invented(is_marked(term) for term, _ in terms),
    )


def state(term: ExclusionTerm, on: date) -> str:
    """Say in two words where a term stands on a day."""
    if term_in_force(term.status, term.valid_from, term.valid_to, on):
        return "In force"
    if term.status != ExclusionTerm.Status.PUBLISHED:
        return str(term.get_status_display())
    if term.valid_from is None:
        return "Dates not known"
    return "Not begun" if on < term.valid_from else "Over"


@dataclass(frozen=True)
class Superseded:
    """What stood on the registry until something else took its place, and on which authority, or why."""

    what: str
    text: str
    heading: str
    status: str
    valid_from: date | None
    valid_to: date | None
    until: datetime | None
    authority: str
    reason: str
    corrected_by: str


def superseded(exclusion: Exclusion) -> list[Superseded]:
    """Return the wordings and terms of an exclusion that were superseded, in the order in which they were. Two reads"""
    over = {"exclusion": exclusion, "superseded_by__isnull": False}
    rows: list[Any] = [
        *ExclusionText.versions.filter(**over).select_related("superseded_by").order_by("pk"),
        *ExclusionTerm.versions.filter(**over).select_related("superseded_by").order_by("pk"),
    ]
    return [
        Superseded(
            what="Wording" if isinstance(row, ExclusionText) else "Term",
            text=getattr(row, "text", ""),
            heading=getattr(row, "heading", ""),
            status=row.get_status_display() if isinstance(row, ExclusionTerm) else "",
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            until=row.superseded_by.recorded_at,
            authority=row.superseded_by.authority,
            reason=row.superseded_by.reason,
            corrected_by=row.superseded_by.corrected_by,
        )
        for row in rows
    ]


@dataclass(frozen=True)
class RegistryPage:
    """What the page of one exclusion shows."""

    entry: Entry
    superseded: list[Superseded]
    petitions: list[PublicPetition]
    has_ruled_dates: bool
    notices: list[NoticeFact]
    own_notices: list[PublicNotice]
    bars: list[ExclusionTerm]
    axis: Axis | None


def exclusion_page(reference: str, on: date) -> RegistryPage | None:
    """Return one exclusion with every wording and term, and the petitions it answered; None when there is none."""
    exclusion = (
        with_details(Exclusion.objects.select_related("action")).filter(reference=reference).order_by("pk").first()
    )
    if exclusion is None:
        return None
    petitions = PublicPetition.objects.filter(exclusion=exclusion).order_by("reference")[:50]
    shown = entry(exclusion, on)
    ruled = any(term.dates_from.startswith(RULED) for term, _ in shown.terms)
    named = list(petitions.only("reference", "organization_name", "exclusion_confidence"))
    over = superseded(exclusion)
    own = notices_cited([*(term.authority for term, _ in shown.terms), *(row.authority for row in over)])
    bars = sorted((term for term, _ in shown.terms), key=lambda term: term.valid_from or date.min)
    axis = term_axis([Term(term.valid_from, term.valid_to) for term in bars], on=on)
    return RegistryPage(shown, over, named, ruled, notices(exclusion), list(own), bars, axis)


def notices(exclusion: Exclusion) -> list[NoticeFact]:
    """Return the notices about the headings under which the exclusion holds, on its list, as far as they are known."""
    headings = dict.fromkeys(term.heading for term in exclusion.terms.all())
    code = exclusion.action.code
    return [one for heading in headings for one in notices_of(heading) if code in one.lists]


def export_rows(
    rows: "QuerySet[Exclusion]", *, heading: str = "", as_of: date | None = None, on: date
) -> Iterator[dict[str, str]]:
    """Yield one row a term, those that the filters leave, as text; an unknown date is an empty text.

    `in_force` is yes or no on the day `on`.
    """
    terms = _terms(heading, as_of).annotate(fictional=fictional()).order_by(*TERM_ORDER)
    found = rows.prefetch_related(
        Prefetch("texts", ExclusionText.objects.order_by("version")),
        Prefetch("texts__numbers", ExclusionNumber.objects.order_by("pk")),
        Prefetch("terms", terms),
    )
    for exclusion in read_in_chunks(found, [ORDER], 1000):
        for term in exclusion.terms.all():
            yield _export_row(exclusion, term, on)


def _export_row(exclusion: Exclusion, term: ExclusionTerm, on: date) -> dict[str, str]:
    text = wording_on(exclusion.texts.all(), term.valid_from or date.min)
    return {
        "reference": exclusion.reference,
        "list": exclusion.action.code,
        "heading": dotted(term.heading),
        "note": note_cited(term.note),
        "item": term.item,
        "numbers": "; ".join(_number_text(number) for number in text.numbers.all()) if text else "",
        "whole_number": "yes" if text and text.whole_number else "no",
        "from": _day(term.valid_from),
        "to": _day(term.valid_to),
        "status": term.get_status_display(),
        "in_force": "yes" if state(term, on) == "In force" else "no",
        "authority": term.authority,
        "published_on": _day(term.published_on),
        "dates_from": term.dates_from,
        "fictional": "yes" if is_marked(term) else "no",
        "text": text.text if text else "",
    }


def _number_text(number: ExclusionNumber) -> str:
    first = f" from {number.valid_from}" if number.valid_from else ""
    return f"{dotted(number.number)}{first}{f' to {number.valid_to}' if number.valid_to else ''}"


def _terms(heading: str, as_of: date | None) -> "QuerySet[ExclusionTerm]":
    rows = ExclusionTerm.objects.all()
    if heading:
        rows = rows.filter(heading=heading)
    return rows.in_force(as_of) if as_of else rows


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
