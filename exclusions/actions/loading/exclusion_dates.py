"""True ends, notices and their days for the terms on file: what the shipped facts know of them.

A term whose dates a person corrected, or a file or the note itself states, keeps them. Nothing is edited: what changes
is superseded, with the reason.
"""

from datetime import date, datetime

from django.db import transaction
from simple_history.utils import bulk_create_with_history

from exclusions.actions.loading.load_lock import one_load_at_a_time
from exclusions.actions.record.supersession import successor
from exclusions.gateways.tariff.exclusion_notices import extended_in_place
from exclusions.gateways.tariff.shipped_facts import HeadingFact, exclusion_headings
from exclusions.models import Exclusion, ExclusionTerm

BATCH = 500
OWN_DATES = "Printed with the product in the note."
STATED = "Stated in the file that was loaded."
REASON = "Ends, notices and days of the shipped facts"


def dates_of(fact: HeadingFact, note: str, seq: int) -> tuple[date, date, str]:
    """Return the first and last day of a place of the note, and how they are known in a sentence."""
    extended = extended_in_place(fact.heading, note, seq)
    if extended:
        return fact.valid_from, extended.valid_to, extended.dates_from
    return fact.valid_from, fact.valid_to, fact.dates_from


def date_terms(*, at: datetime) -> int:
    """Bring the terms of the notes on file up to the shipped facts; return how many changed.

    They are compared first; the transaction, in which nobody else writes, is begun only where there is something to do.
    """
    if not _outdated():
        return 0
    with transaction.atomic():
        one_load_at_a_time()
        changed = _outdated()
        rows = [successor(term, at=at) for term in changed]
        bulk_create_with_history(rows, ExclusionTerm, batch_size=BATCH)
    return len(rows)


def _outdated() -> list[ExclusionTerm]:
    """Return the terms of which the facts know more, with that set on them in memory."""
    terms = ExclusionTerm.objects.filter(
        exclusion__origin=Exclusion.Origin.NOTE, status=ExclusionTerm.Status.PUBLISHED, corrected_by=""
    )
    return [term for term in terms.exclude(note="").order_by("pk") if _set(term)]


def _set(term: ExclusionTerm) -> bool:
    """Set on the term, in memory, what the facts know; say whether anything is new."""
    fact = exclusion_headings().get(term.heading)
    if fact is None:
        return False
    before = (term.valid_to, term.dates_from, term.authority, term.published_on)
    by_rule = term.dates_from not in (OWN_DATES, STATED)
    if by_rule and (term.valid_from, term.valid_to) == (fact.valid_from, fact.valid_to):
        _, term.valid_to, term.dates_from = dates_of(fact, term.note, term.seq)
    if not term.authority or term.authority == fact.citation:
        term.authority = fact.citation
        term.published_on = term.published_on or fact.published_on
    term.reason = REASON
    return before != (term.valid_to, term.dates_from, term.authority, term.published_on)
