"""Decisions on listed exclusions that were signed and are wrong: counsel and the signatory reopen a whole press.

What one press signed was seen, counted and confirmed as one; so it is led back as one. The decisions stay on record as
they were signed, their pending terms end, and each exclusion is recommended and signed anew.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from simple_history.utils import bulk_create_with_history

from exclusions.actions.notices.comment_disclosure_checks import look_through_comments
from exclusions.actions.notices.term_decisions import BATCH, lock_round, terms_subject
from exclusions.actions.people.acts import ActBody, Carried, Facts, Ground
from exclusions.actions.record.addresses import page_address
from exclusions.actions.record.disclosure_checks import require_reason
from exclusions.actions.record.events import notify, record_event
from exclusions.actions.record.supersession import successor
from exclusions.errors import Incomplete, WrongState
from exclusions.models import (
    Comment,
    Decision,
    Exclusion,
    ExclusionTerm,
    PublicTermDecision,
    PublicTermReopening,
    TermReopening,
    User,
)
from exclusions.permissions.notices.comment_secrets import comments_about
from exclusions.queries.notices.term_drafts import standing_terms
from exclusions.queries.notices.term_presses import Press, press
from exclusions.workflow.deadlines import eastern_date, in_words
from exclusions.workflow.states import Status

MOST = 900  # characters of a reason, as of a petition's decision that is reopened
NAMED = 40  # numbers that a mail names
NEVER_PUBLISHED = "The decision was reopened before its notice."


@dataclass(frozen=True)
class _Found:
    """The press, and the terms that stand today in place of those that it wrote."""

    press: Press
    standing: list[ExclusionTerm]


def _ground(key: str, facts: Facts) -> Ground:
    """Read the press, locked: the round first, then the exclusions in order, as whoever signs or drafts does."""
    lock_round(key)
    found = press(key, int(facts.get("press") or 0))
    if found is None:
        raise WrongState("No one signed such decisions in this round.")
    keys = sorted({one.listed.exclusion_id for one in found.decisions})
    list(Exclusion.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk"))
    if found.reopening():
        raise WrongState("These decisions were reopened already. Recommend them again, and sign them again.")
    if faults := found.faults():
        raise WrongState(*faults)
    standing = standing_terms([one.term_id for one in found.decisions if one.term_id])
    figures = ", ".join(f"{label.lower()} {count:,}" for label, count in found.figures)
    count = len(found.decisions)
    return Ground(
        summary=f"Reopen {count:,} decision{'' if count == 1 else 's'} on terms in {found.decisions[0].listed.round}, "
        f"signed {in_words(found.signed_at)}: {figures}",
        basis={
            "the decisions": [one.pk for one in found.decisions],
            "their terms": sorted(term.pk for term in standing.values()),
        },
        found=_Found(found, list(standing.values())),
    )


def look_at_reopening(found: _Found, facts: Facts, reason: str, by: User, at: datetime) -> None:
    """Look through the reason, which everybody reads. Raises Incomplete, and Repeats for what a commenter withheld."""
    require_reason(reason, "Say why they were wrong.")
    if len(reason) > MOST:
        raise Incomplete(fields={"reason": [f"The reason has {len(reason)} characters. The limit is {MOST}."]})
    look_through_comments("reopen_terms", {"reason": reason}, comments_about(found.press.listed))


def _reopen(key: str, facts: Facts, carried: Carried) -> None:
    """Reopen the decisions, end their pending terms, and write to each person concerned once."""
    found = carried.found.press
    TermReopening.objects.bulk_create(
        TermReopening(
            decision=one,
            reason=carried.reason,
            proposed_by=carried.proposed_by,
            confirmed_by=carried.by,
            reopened_at=carried.at,
        )
        for one in found.decisions
    )
    public = PublicTermDecision.objects.filter(listed__in=found.listed)
    PublicTermReopening.objects.bulk_create(
        PublicTermReopening(decision=one, reason=carried.reason, reopened_on=eastern_date(carried.at)) for one in public
    )
    _end_pending(carried.found.standing, carried)
    numbers = [one.listed.number for one in found.decisions]
    data = {**carried.data, "press": found.first, "numbers": numbers}
    record_event(terms_subject(key), "reopen_terms", by=carried.by, at=carried.at, reason=carried.reason, data=data)
    _tell(key, found, carried)


def _end_pending(terms: Iterable[ExclusionTerm], carried: Carried) -> None:
    made = []
    for term in terms:
        if term.status == ExclusionTerm.Status.PENDING:
            term.status, term.reason = ExclusionTerm.Status.DELETED, NEVER_PUBLISHED
            made.append(successor(term, at=carried.at))
    bulk_create_with_history(made, ExclusionTerm, batch_size=BATCH)


def _tell(slug: str, found: Press, carried: Carried) -> None:
    """Write to those who commented on these exclusions, and to those whose petitions they answer: one mail a person."""
    concerns: dict[str, set[int]] = defaultdict(set)
    of_exclusion = {one.listed.exclusion_id: one.listed.number for one in found.decisions}
    of_listed = {one.listed_id: one.listed.number for one in found.decisions}
    standing = (Comment.Status.SUBMITTED, Comment.Status.POSTED)
    comments = Comment.objects.filter(lines__listed__in=of_listed, status__in=standing)
    for address, listed in comments.values_list("email", "lines__listed").order_by("created_at", "pk"):
        if listed in of_listed:
            concerns[address.lower()].add(of_listed[listed])
    answers = Decision.objects.filter(exclusion__in=of_exclusion, petition__status=Status.PUBLISHED)
    for address, exclusion in answers.values_list("petition__filed_by__email", "exclusion").order_by("pk"):
        concerns[address.lower()].add(of_exclusion[exclusion])
    round = found.decisions[0].listed.round
    for address, numbers in concerns.items():
        notify(
            to=address,
            template="reopen_terms",
            subject=f"{round.docket}: decisions on exclusions were reopened",
            context={
                "round": round.title,
                "numbers": _in_words(sorted(numbers)),
                "reason": carried.reason,
                "url": page_address("listed-exclusion", slug, min(numbers)),
            },
            at=carried.at,
        )


def _in_words(numbers: list[int]) -> str:
    more = f" and {len(numbers) - NAMED:,} more" if len(numbers) > NAMED else ""
    return ", ".join(map(str, numbers[:NAMED])) + more


TERM_ACTS = {"reopen_terms": ActBody(_ground, _reopen, look_at_reopening)}
