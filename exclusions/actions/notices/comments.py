"""Comments on listed exclusions: sent, confirmed by e-mail, posted or declined by intake, withdrawn by the author."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from exclusions.actions.filing import submissions
from exclusions.actions.filing.own_values import Own
from exclusions.actions.notices.comment_disclosure_checks import look_through_comments, refuse_comment_doubts
from exclusions.actions.notices.public_comments import bury_comment, next_reference, publish_comment
from exclusions.actions.record.addresses import page_address
from exclusions.actions.record.disclosure_checks import require_reason
from exclusions.actions.record.events import notify, record_event
from exclusions.errors import Incomplete, WrongState
from exclusions.facts.forms import petition_form
from exclusions.facts.rounds import round_in_force
from exclusions.models import AccessLog, Comment, CommentLine, ListedExclusion, Round, User
from exclusions.models.submission import CONFIRM_WITHIN, Submission
from exclusions.permissions.notices.comment_secrets import doubts_of
from exclusions.permissions.submissions import STANDS, comment_refusal, comment_withdrawal_refusal
from exclusions.questionnaires import Questionnaire
from exclusions.workflow.deadlines import in_words

MOST = 600  # exclusions in one comment
_RANGE = re.compile(r"([0-9]{1,6})(?:\s*[-–]\s*([0-9]{1,6}))?")


def comment_subject(comment: Comment) -> str:
    """Return the name of a comment's event chain."""
    return f"comment:{comment.pk}"


def numbers_in(text: str) -> list[int]:
    """Return the numbers of exclusions that were typed, in order: "12, 40-42". Raises Incomplete for anything else."""
    found: dict[int, None] = {}
    for part in filter(None, re.split(r"[,;\s]+", re.sub(r"\s*[-–]\s*", "-", text.strip()))):
        match = _RANGE.fullmatch(part)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
        if not match or last < first or last - first >= MOST:
            raise Incomplete.beside(
                "exclusions", f"“{part[:40]}” is neither the number of an exclusion nor a range such as 40-42."
            )
        found |= dict.fromkeys(range(first, last + 1))
    if not found or len(found) > MOST:
        raise Incomplete.beside(
            "exclusions", f"Give the numbers of one to {MOST} exclusions, as the list of the round numbers them."
        )
    return list(found)


def comment_on(
    *,
    slug: str,
    answers: Mapping[str, Any],
    stated_public: Collection[str] = (),
    by: User | AnonymousUser | None,
    at: datetime,
) -> Comment:
    """Take in a comment on exclusions that a round lists, and mail its author a link; return it unconfirmed.

    Needs no account. `answers["exclusions"]` are numbers in the round. `stated_public` are statements, of those that a
    refusal asked for, that a value of the author's own is public. What counts for the window is this moment. Raises
    WrongState when comments are not open, Incomplete with a sentence a field, Repeats; nothing is kept then.
    """
    round = round_in_force(slug)
    if round is None:
        raise WrongState(f"There is no round called {slug}.")
    if refused := comment_refusal(round, at):
        raise refused
    form = petition_form(round)
    cleaned = submissions.checked(form, answers)
    listed = _listed(round, cleaned["exclusions"])
    found = submissions.stated_values(form, cleaned, [], stated_public, Comment.NOUN)
    with transaction.atomic():
        return _take_in(round, form, cleaned, listed, found, by, at)


def _listed(round: Round, text: str) -> list[ListedExclusion]:
    numbers = numbers_in(text)
    found = list(ListedExclusion.objects.filter(round__slug=round.slug, number__in=numbers).order_by("number"))
    missing = sorted(set(numbers) - {row.number for row in found})
    if missing:
        some = ", ".join(map(str, missing[:5])) + (" and others" if len(missing) > 5 else "")
        raise Incomplete.beside("exclusions", f"The round lists no exclusion {some}. See its list for the numbers.")
    return found


def _take_in(
    round: Round,
    form: Questionnaire,
    answers: dict[str, Any],
    listed: Sequence[ListedExclusion],
    stated: Sequence[Own],
    by: User | AnonymousUser | None,
    at: datetime,
) -> Comment:
    comment = Comment(round=round, stated=sorted({own.leak(Comment.NOUN) for own in stated}))
    token = submissions.take_in(comment, form, answers, by=by, at=at)
    CommentLine.objects.bulk_create(CommentLine(comment=comment, listed=row) for row in listed)
    context = {
        "position": comment.get_position_display(),
        "sent": in_words(at),
        "until": in_words(at + CONFIRM_WITHIN),
        "url": page_address("listed-comment-confirm", round.slug, token),
    }
    _tell(comment, "confirm_comment", "Confirm your comment", context, at)
    return comment


def _tell(comment: Comment, template: str, title: str, context: Mapping[str, Any], at: datetime) -> None:
    """Mail the author of a comment; `reference` names the comment, so that the sweep knows whose words these are."""
    number = comment.reference or comment.receipt
    told = {"reference": number, "round": comment.round.title, **context}
    notify(to=comment.email, template=template, subject=f"{title} {number}", context=told, at=at)


def confirm_comment(*, token: str, at: datetime) -> Comment:
    """Confirm a comment by the link that was mailed; return it submitted. A second click changes nothing.

    Raises WrongState for a link that is not known, or older than 72 hours.
    """
    with transaction.atomic():
        found = submissions.require_link(Comment.objects.of_token(token), otherwise=", or comment again")
        comment = found.locked()
        if not submissions.confirm(comment, again="Comment again while comments are open.", at=at):
            return comment
        record_event(comment_subject(comment), "comment", by=None, at=at, data={"position": comment.position})
        context = {
            "sent": in_words(comment.created_at),
            "until": in_words(comment.round.closes_at),
            "url": page_address("listed-comment-confirm", comment.round.slug, token),
        }
        _tell(comment, "comment_receipt", "Filed: your comment", context, at)
    return comment


def _waiting(comment: Comment, by: User, at: datetime) -> Comment:
    """Return the comment, locked, where it waits for an intake clerk, which the person is."""
    locked = comment.locked()
    submissions.require_waiting(locked, by, at)
    return locked


def post_comment(comment: Comment, *, by: User, at: datetime) -> Comment:
    """Post a confirmed comment; return it with its reference.

    Raises NotPermitted, WrongState, and Repeats while it repeats what others gave in confidence on its exclusions.
    """
    doubts = doubts_of(comment)
    with transaction.atomic():
        locked = _waiting(comment, by, at)
        refuse_comment_doubts(doubts)
        locked.reference = next_reference(locked.round)
        locked.status, locked.posted_at, locked.posted_by = Comment.Status.POSTED, at, by
        locked.save()
        publish_comment(locked)
        record_event(comment_subject(locked), "post_comment", by=by, at=at, data={"comment": locked.reference})
        context = {"url": page_address("listed", locked.round.slug)}
        _tell(locked, "comment_posted", "Posted: your comment", context, at)
    return locked


def refuse_comment(comment: Comment, *, reason: str, by: User, at: datetime) -> Comment:
    """Decline to post a comment, with a reason that goes on the record and to its author; return it refused."""
    require_reason(reason, "Give the reason. It goes on record and to the commenter.")
    with transaction.atomic():
        locked = _waiting(comment, by, at)
        look_through_comments("refuse_comment", {"reason": reason}, [locked])
        submissions.decline(locked, reason)
        record_event(comment_subject(locked), "refuse_comment", by=by, at=at, reason=reason)
        _tell(locked, "comment_refused", "Not posted: your comment", {"reason": reason}, at)
    return locked


def withdraw_comment(*, token: str, at: datetime) -> Comment:
    """Withdraw a comment for whoever holds its link, and return it; of a posted one the list says that it was there.

    Raises WrongState once the comment period is over, or when it is no longer there to be withdrawn.
    """
    with transaction.atomic():
        comment = submissions.require_link(Comment.objects.of_token(token)).locked()
        if refused := comment_withdrawal_refusal(comment, at):
            raise refused
        posted = submissions.withdraw(comment, at)
        record_event(comment_subject(comment), "withdraw_comment", by=None, at=at)
        if posted:
            bury_comment(comment, at=at)
        _tell(comment, "comment_withdrawn", "Withdrawn: your comment", {}, at)
    return comment


def log_comments_read(read: Iterable[Submission], *, by: User, at: datetime) -> None:
    """Note that a member of staff opened comments with their confidential answers; a response is read with its case."""
    AccessLog.objects.bulk_create(
        AccessLog(subject=comment_subject(comment), what="comment", by=by, role=by.role, at=at)
        for comment in read
        if isinstance(comment, Comment) and comment.status in STANDS
    )
