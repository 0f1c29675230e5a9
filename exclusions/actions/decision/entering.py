"""Writing a published notice: the terms of its grants, its cases moved, and what everybody reads of it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Max
from simple_history.utils import bulk_create_with_history

from exclusions import hts
from exclusions.actions.decision.published import PUBLISHED, Effect, Notice
from exclusions.actions.record.events import record_event
from exclusions.actions.record.letters import publication_letter
from exclusions.actions.record.many.batch import Batch
from exclusions.actions.record.supersession import successor, write_numbers
from exclusions.actions.record.transition import move
from exclusions.gateways.annex.rows import AnnexRow, numbered
from exclusions.models import (
    ExclusionTerm,
    ExclusionText,
    FederalNotice,
    NoticeCase,
    PrintedWording,
    PublicNotice,
    Round,
)
from exclusions.queries.notices.annexes import released_headings
from exclusions.queries.notices.notice_facts import notice_facts

BATCH = 500


@dataclass(frozen=True)
class Beside:
    """What a notice does beside its grants: its other rows, their rounds, and who writes them once it is entered."""

    rows: Sequence[AnnexRow] = ()
    rounds: Sequence[Round] = ()
    is_demo: bool = False
    write: Callable[[FederalNotice], None] = field(default=lambda _: None)


NOTHING_ELSE = Beside()


def notice_subject(notice: FederalNotice) -> str:
    """Return the name of a notice's event chain."""
    return f"notice:{notice.pk}"


def in_annex(found: Iterable[Effect]) -> list[AnnexRow]:
    """Return the rows of an annex that these cases bring: one a product, numbered on from the note's last ones.

    A product that applies already by an earlier notice has none.
    """
    by_exclusion: dict[int, list[Effect]] = {}
    for effect in found:
        if effect.waits:
            by_exclusion.setdefault(effect.exclusion.pk, []).append(effect)
    bases = released_headings()
    rows = [_row(of_it, bases) for of_it in by_exclusion.values()]
    return rows if all(row.number for row in rows) else numbered(rows, last_items(rows))


def last_items(rows: Iterable[AnnexRow]) -> dict[tuple[str, str], int]:
    """Return the last paragraph taken of each subdivision in which rows stand."""
    places = {(row.heading, row.note) for row in rows}
    headings = {heading.replace(".", "") for heading, _ in places}
    taken = ExclusionTerm.objects.filter(heading__in=headings).values("heading", "note").annotate(last=Max("seq"))
    return {(hts.dotted(row["heading"]), row["note"]): row["last"] for row in taken.order_by()}


def _row(of_it: Sequence[Effect], bases: Mapping[int, tuple[str, ...]]) -> AnnexRow:
    first = of_it[0]
    starts, ends = first.days.starts_on, first.days.ends_on
    return AnnexRow(
        kind="grant",
        list_code=first.action.code,
        base_headings=bases.get(first.action.pk, ()),
        heading=hts.dotted(first.heading.heading),
        note=first.heading.note,
        number=first.number,
        text=first.text.text if first.text else "",
        starts_on=starts.isoformat() if starts else "",
        ends_on=ends.isoformat() if ends else "",
        exclusion=first.exclusion.reference,
        requests=len(of_it),
    )


def enter_notice(
    cases: Batch, found: Sequence[Effect], rows: Sequence[AnnexRow], notice: Notice, beside: Beside
) -> FederalNotice:
    """Write a notice whose effects were found under the locks of this transaction; return it."""
    by, at, citation = cases.by, cases.at, notice.citation.strip()
    actions = {effect.action.pk: effect.action for effect in found}
    rounds = {effect.petition.round_id: effect.petition.round for effect in found}
    facts = notice_facts(
        [*rows, *beside.rows],
        [*rounds.values(), *(one for one in beside.rounds if one.pk not in rounds)],
        citation=citation,
        published_on=notice.published_on,
        is_demo=all(one.is_demo for one in rounds.values()) if rounds else beside.is_demo,
    )
    entered = FederalNotice.objects.create(
        action=next(iter(actions.values())) if len(actions) == 1 else None,
        citation=citation,
        published_on=notice.published_on,
        entered_by=by,
        entered_at=at,
    )
    record_event(notice_subject(entered), "enter_notice", by=by, at=at, data={"cases": len(found)})
    terms = _complete(found, rows, notice, cases)
    NoticeCase.objects.bulk_create(
        [
            NoticeCase(notice=entered, petition=effect.petition, term=terms.pop(effect.exclusion.pk, None))
            for effect in found
        ],
        batch_size=BATCH,
    )
    told = {"citation": citation, "published_on": notice.published_on}
    for effect in found:
        move(effect.petition, "publish", by=by, at=at, data=told, is_locked=True, batch=cases)
    _write_letters(found, entered, cases)
    beside.write(entered)
    PublicNotice.objects.create(
        number=entered.pk, citation=citation, published_on=notice.published_on, facts=facts.to_json()
    )
    return entered


def _write_letters(found: Sequence[Effect], notice: FederalNotice, cases: Batch) -> None:
    """Issue the letter of each case, with the term that applies to its exclusion now, whichever notice wrote it."""
    terms = terms_in_force({effect.exclusion.pk for effect in found})
    for effect in found:
        term, action = terms[effect.exclusion.pk], effect.action.name
        publication_letter(effect.petition, notice.pk, effect.text, term, action=action, at=cases.at, batch=cases)


def terms_in_force(exclusions: Iterable[int]) -> dict[int, ExclusionTerm]:
    """Return the published term written last of each of these exclusions that has one, by its key. One statement."""
    rows = ExclusionTerm.objects.filter(exclusion__in=list(exclusions), status=ExclusionTerm.Status.PUBLISHED)
    return {term.exclusion_id: term for term in rows.order_by("pk")}


def _complete(
    found: Sequence[Effect], rows: Sequence[AnnexRow], notice: Notice, cases: Batch
) -> dict[int, ExclusionTerm]:
    """Supersede the pending terms, and the texts without a first day yet, by what the notice says.

    Returns the new terms by exclusion.
    """
    citation, numbers = notice.citation.strip(), {row.exclusion: row.number for row in rows}
    terms: dict[int, ExclusionTerm] = {}
    texts: list[ExclusionText] = []
    for effect in found:
        if effect.waits is None or effect.exclusion.pk in terms:
            continue
        term, heading, days = effect.waits, effect.heading, effect.days
        term.heading, term.note = heading.heading, heading.note
        term.seq = numbers[effect.exclusion.reference]
        term.item = str(term.seq)
        term.status = ExclusionTerm.Status.PUBLISHED
        term.valid_from, term.valid_to = days.starts_on, days.ends_on
        term.published_on, term.authority = notice.published_on, citation
        term.dates_from = f"{citation} and the rules of {effect.petition.round.title}"[:200]
        term.reason = PUBLISHED
        terms[effect.exclusion.pk] = successor(term, at=cases.at)
        for text in sorted(effect.exclusion.texts.all(), key=lambda one: one.version):
            if text.valid_from is None:
                text.valid_from, text.authority, text.reason = days.starts_on, citation, PUBLISHED
                texts.append(successor(text, at=cases.at))
    bulk_create_with_history(list(terms.values()), ExclusionTerm, batch_size=BATCH)
    ExclusionText.objects.bulk_create(texts, batch_size=BATCH)
    write_numbers(texts, batch_size=BATCH)
    note_wordings(terms.values(), {effect.exclusion.pk: effect.text for effect in found})
    saved = ExclusionTerm.objects.filter(supersedes__in=[effect.waits for effect in found if effect.waits])
    return {term.exclusion_id: term for term in saved.order_by("pk")}


def note_wordings(terms: Iterable[ExclusionTerm], texts: Mapping[int, ExclusionText | None]) -> None:
    """Note which wording is printed at the places of new terms; `texts` by exclusion."""
    PrintedWording.objects.bulk_create(
        [
            PrintedWording(
                exclusion_id=term.exclusion_id, heading=term.heading, note=term.note, seq=term.seq, version=text.version
            )
            for term in terms
            if (text := texts.get(term.exclusion_id))
        ],
        batch_size=BATCH,
    )
