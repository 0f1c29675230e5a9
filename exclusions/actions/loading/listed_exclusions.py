"""Putting exclusions on the list of a round of comments: from a table of their places, or all of some headings."""

import hashlib
from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max, QuerySet
from simple_history.utils import bulk_create_with_history

from exclusions.actions.loading.load_lock import one_load_at_a_time
from exclusions.actions.loading.load_reports import LoadReport
from exclusions.actions.loading.tariff_lists import load_shipped_actions
from exclusions.errors import Incomplete, WrongState
from exclusions.facts.rounds import round_in_force
from exclusions.gateways.tariff.listed_table import ListedRow, Place
from exclusions.gateways.tariff.shipped_facts import exclusion_headings
from exclusions.hts import dotted
from exclusions.models import Exclusion, ExclusionTerm, ListedExclusion, Round, TariffAction

SHOWN = 20
Key = tuple[str, Place]


def round_that_lists(slug: str) -> Round:
    """Return the round of this short name whose subject are listed exclusions. Raises WrongState for any other."""
    round = round_in_force(slug)
    if round is None:
        raise WrongState(f"There is no round called {slug}. Load it first: python manage.py load_rounds FILE.")
    if not round.lists_exclusions:
        kind = round.get_kind_display().lower()
        raise WrongState(f"{round.title} takes {kind}. Only rounds of extension or reinstatement list exclusions.")
    return round


def list_from_table(*, slug: str, rows: Sequence[ListedRow], at: datetime) -> LoadReport:
    """Put the exclusions of a table on a round's list, in its order; what is listed already stays as it is.

    An exclusion whose text is not in any file is entered by its place alone, where the days of its heading are known.
    Raises Incomplete with a sentence a row for a place at which no exclusion was ever granted; nothing is listed then.
    """
    with transaction.atomic():
        one_load_at_a_time()
        load_shipped_actions()
        round = round_that_lists(slug)
        actions = {action.code: action for action in TariffAction.objects.all()}
        found = _terms_by_place({row.place.heading for row in rows} | {r.text_at.heading for r in rows if r.text_at})
        refused = [said for row in rows if (said := _refusal(row, actions, found))]
        if refused:
            more = [f"… and {len(refused) - SHOWN} more."] if len(refused) > SHOWN else []
            raise Incomplete(*refused[:SHOWN], *more)
        _enter_missing(rows, actions, found, at)
        return _list(round, [found[row.list_code, row.place] for row in rows], at)


def list_headings(*, slug: str, headings: Collection[str], at: datetime) -> LoadReport:
    """Put every published exclusion of some headings (plain, 8 digits) on a round's list, in the order of the notes.

    Raises Incomplete for a heading under which none is on file.
    """
    with transaction.atomic():
        one_load_at_a_time()
        round = round_that_lists(slug)
        terms = _published().filter(heading__in=headings).order_by("heading", "note", "seq", "pk")
        missing = sorted(set(headings) - {term.heading for term in terms})
        if missing:
            raise Incomplete(*(f"No published exclusion is on file under heading {dotted(one)}." for one in missing))
        return _list(round, list(terms), at)


def _published() -> QuerySet[ExclusionTerm]:
    return ExclusionTerm.objects.filter(status=ExclusionTerm.Status.PUBLISHED).select_related("exclusion__action")


def _terms_by_place(headings: Collection[str]) -> dict[Key, ExclusionTerm]:
    found: dict[Key, ExclusionTerm] = {}
    for term in _published().filter(heading__in=headings).order_by("-pk"):
        place = Place(term.heading, term.note, term.item or str(term.seq))
        found[term.exclusion.action.code, place] = term
    return found


def _refusal(row: ListedRow, actions: dict[str, TariffAction], found: dict[Key, ExclusionTerm]) -> str:
    if row.list_code not in actions:
        return f"Line {row.line}: there is no list {row.list_code}."
    if (row.list_code, row.place) in found:
        return ""
    fact = exclusion_headings().get(row.place.heading)
    if fact is None or row.list_code not in fact.lists or row.place.note.partition("(")[0] != fact.note:
        return (
            f"Line {row.line}: no exclusion of list {row.list_code} was granted at {row.place.printed}. "
            "Load its exclusions first, or correct the row."
        )
    if row.text_at and (row.list_code, row.text_at) not in found:
        return (
            f"Line {row.line}: the text at {row.text_at.printed} is not on file. Load it first: "
            "python manage.py load_exclusions FILE."
        )
    return ""


def _enter_missing(
    rows: Sequence[ListedRow], actions: dict[str, TariffAction], found: dict[Key, ExclusionTerm], at: datetime
) -> None:
    """Enter what is known by its place alone: its exclusion, unless its text is on file elsewhere, and its term."""
    missing = [row for row in rows if (row.list_code, row.place) not in found]
    without = [row for row in missing if row.text_at is None]
    made = [_exclusion(row, actions[row.list_code], at) for row in without]
    bulk_create_with_history(made, Exclusion, batch_size=500)
    saved = {row.reference: row for row in Exclusion.objects.filter(reference__in=[one.reference for one in made])}
    terms = []
    for row in missing:
        if row.text_at:
            exclusion = found[row.list_code, row.text_at].exclusion
        else:
            exclusion = saved[_exclusion(row, actions[row.list_code], at).reference]
        terms.append(_term(row.place, exclusion, at))
    bulk_create_with_history(terms, ExclusionTerm, batch_size=500)
    found |= _terms_by_place({row.place.heading for row in missing})


def _exclusion(row: ListedRow, action: TariffAction, at: datetime) -> Exclusion:
    place = row.place
    key = hashlib.sha256(f"place|{place.heading}|{place.note}|{place.item}".encode()).hexdigest()
    reference = f"L{row.list_code}-{place.heading}-{key[:6].upper()}"
    return Exclusion(reference=reference, action=action, product_key=key, created_at=at)


def _term(place: Place, exclusion: Exclusion, at: datetime) -> ExclusionTerm:
    fact = exclusion_headings()[place.heading]
    return ExclusionTerm(
        exclusion=exclusion,
        heading=place.heading,
        note=place.note,
        seq=int(place.item) if place.item.isdecimal() else 0,
        item=place.item,
        valid_from=fact.valid_from,
        valid_to=fact.valid_to,
        authority=fact.citation,
        published_on=fact.published_on,
        dates_from=fact.dates_from,
        recorded_at=at,
        reason="Entered by heading and item; the text is not in the source.",
    )


def _list(round: Round, terms: Sequence[ExclusionTerm], at: datetime) -> LoadReport:
    there = set(ListedExclusion.objects.filter(round__slug=round.slug).values_list("exclusion_id", flat=True))
    last = ListedExclusion.objects.filter(round__slug=round.slug).aggregate(last=Max("number"))["last"] or 0
    wanted = list({term.exclusion_id: term for term in terms if term.exclusion_id not in there}.values())
    ListedExclusion.objects.bulk_create(
        ListedExclusion(
            round=round,
            number=number,
            exclusion=term.exclusion,
            term=term,
            heading=term.heading,
            note=term.note,
            item=term.item or str(term.seq),
            listed_at=at,
        )
        for number, term in enumerate(wanted, last + 1)
    )
    return LoadReport(read=len(terms), added=len(wanted))
