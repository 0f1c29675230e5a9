"""Drafts of notices as their publisher reads them: rows, facts, faults, and the schedule before and after."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Prefetch, QuerySet

from exclusions import hts
from exclusions.days import in_full
from exclusions.errors import Incomplete
from exclusions.gateways.annex.blocks import Block, notice_blocks
from exclusions.gateways.annex.counting import recount
from exclusions.gateways.annex.facts import NoticeFacts, read_facts
from exclusions.gateways.annex.rows import AMENDMENT, EXTENSION, GRANT, WITHDRAWAL, AnnexRow, in_order
from exclusions.models import (
    Decision,
    ExclusionTerm,
    NoticeDraft,
    NoticeItem,
    NoticeItemCase,
    Petition,
    Round,
    TermDecision,
)
from exclusions.queries.notices.annexes import released_headings
from exclusions.queries.notices.notice_facts import notice_facts
from exclusions.queries.notices.notice_faults import row_faults
from exclusions.queries.notices.term_drafts import decisions_of, last_day_before
from exclusions.workflow.terms import TermRule, known_term

OPEN = (NoticeDraft.Status.DRAFTED, NoticeDraft.Status.SENT)


def open_drafts() -> "QuerySet[NoticeDraft]":
    """Return the drafts that are not published or dropped, newest first, each with how many items it has."""
    rows = NoticeDraft.objects.filter(status__in=OPEN).select_related("created_by")
    return rows.annotate(count=Count("items")).order_by("-created_at", "-pk")


def drafts_of_cases(petitions: Iterable[Petition]) -> dict[Any, int]:
    """Return the keys of the open drafts in which these cases stand, by the key of the petition. One statement."""
    keys = [petition.pk for petition in petitions]
    rows = NoticeItemCase.objects.filter(petition__in=keys, item__draft__status__in=OPEN).order_by("pk")
    return dict(rows.values_list("petition_id", "item__draft_id"))


def notice_draft(key: int) -> NoticeDraft | None:
    """Return one draft, or None."""
    return NoticeDraft.objects.select_related("created_by", "sent_by", "notice").filter(pk=key).first()


def items_of(draft: NoticeDraft) -> list[NoticeItem]:
    """Return the items of a draft, with exclusions, terms and cases. Two statements."""
    cases = NoticeItemCase.objects.select_related("petition__round").order_by("petition__reference")
    rows = NoticeItem.objects.filter(draft=draft).select_related("exclusion__action", "term")
    return list(rows.prefetch_related(Prefetch("cases", cases)).order_by("heading", "note", "number", "pk"))


def rows_of_items(items: Iterable[NoticeItem]) -> list[AnnexRow]:
    """Return items as rows of an annex. A day that only publication gives is empty."""
    bases = released_headings()
    return [_row(item, bases.get(item.exclusion.action_id, ())) for item in items]


def _row(item: NoticeItem, bases: tuple[str, ...]) -> AnnexRow:
    cases = list(item.cases.all())
    starts, ends = (item.starts_on, item.ends_on)
    if item.kind == GRANT and cases:
        round = cases[0].petition.round
        known = known_term(round)
        starts, ends = known.starts_on, item.ends_on if round.term_rule == TermRule.NOTICE else known.ends_on
    before = last_day_before(item) if stays(item) else None
    return AnnexRow(
        kind=item.kind,
        list_code=item.exclusion.action.code,
        base_headings=bases,
        heading=hts.dotted(item.heading),
        note=item.note,
        number=item.number,
        text=item.text,
        starts_on=_iso(starts),
        ends_on=_iso(ends),
        exclusion=item.exclusion.reference,
        requests=len(cases),
        text_before=item.text_before,
        reason=item.reason,
        ends_before=_iso(before),
    )


def stays(item: NoticeItem) -> bool:
    """Say whether an extension keeps its exclusion where it stands in the note: same heading, note and paragraph."""
    before = item.term
    if item.kind != EXTENSION or before is None or before.valid_to is None:
        return False
    return (before.heading, before.note, before.seq) == (item.heading, item.note, item.number)


def rounds_of(items: Sequence[NoticeItem], decisions: Mapping[int, TermDecision]) -> list[Round]:
    """Return the procedures whose petitions these items answer, or whose decisions they publish (`decisions_of`)."""
    asked = {case.petition.round.pk: case.petition.round for item in items for case in item.cases.all()}
    decided = {one.listed.round.pk: one.listed.round for one in decisions.values()}
    return [*asked.values(), *decided.values()]


def is_fictional(items: Sequence[NoticeItem], decisions: Mapping[int, TermDecision]) -> bool:
    """Say whether all that decided of these exclusions is of a demonstration, and there is something.

    Of an item that publishes a decision of a round of comments (`decisions_of`) this round alone is asked; of others
    every case.
    """
    others = [item.exclusion_id for item in items if item.term_id not in decisions]
    cases = Decision.versions.filter(exclusion__in=others).order_by()
    demo = {one.listed.round.is_demo for one in decisions.values()}
    return demo | set(cases.values_list("petition__round__is_demo", flat=True)) == {True}


def facts_of(draft: NoticeDraft, items: Sequence[NoticeItem]) -> NoticeFacts:
    """Return what a draft says: as it was sent, or as it stands."""
    if draft.facts is not None:
        return read_facts(draft.facts)
    rows = in_order(rows_of_items(items))
    decisions = decisions_of(items)
    return notice_facts(rows, rounds_of(items, decisions), is_demo=is_fictional(items, decisions))


def draft_faults(items: Sequence[NoticeItem], facts: NoticeFacts, blocks: Sequence[Block], day: date) -> list[str]:
    """Return what stands in the way of sending a draft."""
    if not items:
        return ["The notice has no item. Choose granted cases, or drop it."]
    elsewhere = NoticeItem.objects.filter(
        draft__status__in=OPEN, exclusion__in=[item.exclusion_id for item in items], kind__in={i.kind for i in items}
    ).exclude(draft=items[0].draft_id)
    doubled = [
        f"{item.exclusion.reference} is in notice draft {item.draft_id} too. Take it out of one of them."
        for item in elsewhere.select_related("exclusion").order_by("pk")
    ]
    requests = len({case.petition_id for item in items for case in item.cases.all()})
    counted = recount([block.line for block in blocks], facts.rows, requests)
    return [*doubled, *row_faults(facts.rows, day), *counted]


def blocks_of(facts: NoticeFacts) -> list[Block]:
    """Return the words of a notice."""
    return notice_blocks(facts)


def terms_to_withdraw(references: Sequence[str], day: date) -> list[ExclusionTerm]:
    """Return the terms of these exclusions that hold on a day; raise Incomplete for one that has none."""
    holding = ExclusionTerm.objects.filter(exclusion__reference__in=references).in_force(day)
    found = list(holding.select_related("exclusion__action").order_by("exclusion__reference", "heading", "seq"))
    known = {term.exclusion.reference for term in found}
    missing = [reference for reference in references if reference not in known]
    if missing:
        sentence = f"No exclusion {', '.join(missing)} is in force on {in_full(day)}. Check the reference and the day."
        raise Incomplete(fields={"exclusions": [sentence]})
    return found


@dataclass(frozen=True)
class Difference:
    """What a notice changes at one place of the schedule, and from which day; empty: nothing is there."""

    place: str
    before: str
    after: str
    since: date | None


def _through(last: str) -> str:
    """Say the last day of a term, given in ISO form; empty: it has none."""
    day = _date(last)
    return f"Through {in_full(day)}" if day else "Without a stated end"


def differences(facts: NoticeFacts) -> list[Difference]:
    """Return the schedule before and after a notice, place by place, in its order."""
    found = [
        Difference(
            f"Heading {new.heading}",
            "",
            f"New, note 20({new.note}), lifts {', '.join(base for base, _ in new.released)}",
            _date(new.starts_on),
        )
        for new in facts.headings
    ]
    for row in in_order(facts.rows):
        place = f"{row.heading}, note 20({row.note}), paragraph ({row.printed or row.number})"
        if row.kind == WITHDRAWAL:
            last = row.last_day
            since = date.fromordinal(last.toordinal() + 1) if last else None
            found.append(Difference(place, row.text, "[Exclusion deleted.]", since))
        elif row.kind == AMENDMENT:
            found.append(Difference(place, row.text_before, row.text, row.first_day))
        elif row.ends_before:
            found.append(Difference(place, _through(row.ends_before), _through(row.ends_on), row.first_day))
        else:
            found.append(Difference(place, "", row.text, row.first_day))
    return found


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _date(iso: str) -> date | None:
    return date.fromisoformat(iso) if iso else None
