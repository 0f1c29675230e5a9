"""Decisions on listed exclusions in drafted notices: which wait, which stand in a draft, and the words of each."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta

from exclusions.models import (
    ExclusionTerm,
    ExclusionText,
    ListedExclusion,
    NoticeDraft,
    NoticeItem,
    NoticeTerm,
    PrintedWording,
    TermDecision,
)
from exclusions.queries.notices.annexes import wording_at

OPEN = (NoticeDraft.Status.DRAFTED, NoticeDraft.Status.SENT)


def decisions_of(items: Iterable[NoticeItem]) -> dict[int, TermDecision]:
    """Return the decisions on listed exclusions that items publish, by the key of the term that the signature wrote."""
    found = TermDecision.objects.filter(term__in=[item.term_id for item in items if item.term_id])
    return {one.term_id: one for one in found.select_related("listed__round", "listed__exclusion") if one.term_id}


def drafted(decisions: Collection[TermDecision]) -> dict[int, int]:
    """Return in which open draft decisions stand, by the key of their term; one statement."""
    items = NoticeItem.objects.filter(
        term__in=[one.term_id for one in decisions if one.term_id], draft__status__in=OPEN
    )
    return dict(items.order_by("pk").values_list("term_id", "draft_id"))


def published(decisions: Collection[TermDecision]) -> set[int]:
    """Return the keys of the decisions that a notice published which was not taken back; one statement."""
    rows = NoticeTerm.objects.filter(decision__in=[one.pk for one in decisions], notice__undone_at__isnull=True)
    return set(rows.values_list("decision_id", flat=True))


def standing_terms(keys: Collection[int]) -> dict[int, ExclusionTerm]:
    """Return the rows that stand now in place of terms, by the key of each; a statement for each change since.

    A notice that was taken back leaves its decision's term pending in a new row.
    """
    found: dict[int, ExclusionTerm] = {term.pk: term for term in ExclusionTerm.versions.filter(pk__in=keys)}
    roots = {key: key for key in found}
    while roots:
        later = list(ExclusionTerm.versions.filter(supersedes__in=roots))
        roots = {term.pk: roots[term.supersedes_id or 0] for term in later}
        found |= {roots[term.pk]: term for term in later}
    return found


def wordings_of(rows: Collection[ListedExclusion], days: Mapping[int, date | None]) -> dict[int, ExclusionText]:
    """Return the wording of each listed exclusion by the exclusion's key: that printed at its place, else of its day.

    Read the rows with their terms. `days` are the first days, by exclusion. One that has no text on file is left out.
    Two statements.
    """
    keys = [row.exclusion_id for row in rows]
    versions: dict[int, dict[int, ExclusionText]] = {key: {} for key in keys}
    for text in ExclusionText.objects.filter(exclusion__in=keys).order_by("version", "revision"):
        versions[text.exclusion_id][text.version] = text
    printed = {
        (one.exclusion_id, one.heading, one.note, one.seq): one.version
        for one in PrintedWording.objects.filter(exclusion__in=keys).order_by("pk")
    }
    found = {}
    for row in rows:
        place = (row.exclusion_id, row.heading, row.note, row.term.seq)
        text = wording_at(days.get(row.exclusion_id), versions[row.exclusion_id], printed.get(place))
        if text:
            found[row.exclusion_id] = text
    return found


def last_day_before(item: NoticeItem) -> date | None:
    """Return the last day until now of an extension that stays at its place.

    The pending term of a decision begins the day after it; any other one is itself the term that goes on.
    """
    term = item.term
    if term is None or term.status != ExclusionTerm.Status.PENDING:
        return term.valid_to if term else None
    return term.valid_from - timedelta(days=1) if term.valid_from else None
