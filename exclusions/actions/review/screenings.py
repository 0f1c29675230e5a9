"""What intake does with words that wait: lets them through, or not, with a reason for who wrote them."""

from datetime import datetime

from django.db import transaction

from exclusions.actions.filing.replies import reply_refusal
from exclusions.actions.record.addresses import page_address
from exclusions.actions.record.disclosure_checks import look_through, refuse_doubts, require_reason
from exclusions.actions.record.events import notify, petition_subject, record_event
from exclusions.actions.record.public_files.read_again import read_files_of
from exclusions.actions.record.publication import publish_response
from exclusions.actions.record.transition import lock, move
from exclusions.errors import Incomplete, NotPermitted, WrongState
from exclusions.models import Petition, Reply, Screening, User
from exclusions.permissions import standing_of
from exclusions.permissions.case_secrets import case_secrets
from exclusions.permissions.leaks import settled_leaks
from exclusions.permissions.screening import words_of_screening
from exclusions.workflow.deadlines import in_words
from exclusions.workflow.roles import Role
from exclusions.workflow.states import Status

CHOOSE = "Choose why the reply is not posted. The requester reads this and the reason you type."


def let_through(screening: Screening, *, by: User, at: datetime) -> Screening:
    """Let words through to those whom they are for; return the screening. A reply is posted with it.

    Raises NotPermitted, WrongState, and Repeats while a value in them is not settled.
    """
    read_files_of(screening.petition)
    waiting, secrets = words_of_screening(screening), case_secrets(screening.petition)
    with transaction.atomic():
        petition, opened = _opened(screening, by, at)
        refuse_doubts(waiting.doubts(secrets, settled_leaks(petition)))
        _settle(opened, Screening.Outcome.THROUGH, by, at)
        if opened.reply:
            _post(petition, opened.reply, by, at)
        else:
            record_event(petition_subject(petition), "let_through", by=by, at=at, data=_thing(opened))
    return opened


def withhold(screening: Screening, *, reason: str, by: User, at: datetime, code: str = "") -> Screening:
    """Do not let words through, with a reason for who wrote them; a text that is with Customs goes back to the drafter.

    For a reply, `code` is one of `Screening.ReasonCode`; other words have none. Raises NotPermitted, WrongState,
    Incomplete without a reason or a reply's code, Repeats for a reason that repeats a value.
    """
    require_reason(reason, "Give the reason. The author will read it.")
    if screening.reply_id and code not in Screening.ReasonCode.values:
        raise Incomplete.beside("code", CHOOSE)
    with transaction.atomic():
        petition, opened = _opened(screening, by, at)
        look_through("withhold", petition, {"reason": reason}, by=by, at=at)
        opened.reason, opened.reason_code = reason.strip(), code if opened.reply else ""
        _settle(opened, Screening.Outcome.WITHHELD, by, at)
        kind = "refuse_reply" if opened.reply else "withhold"
        record_event(petition_subject(petition), kind, by=by, at=at, reason=reason.strip(), data=_thing(opened))
        if opened.reply:
            _tell_of_refusal(petition, opened.reply, opened.why, at)
        elif opened.draft and petition.status == Status.CUSTOMS:
            move(petition, "withhold_text", by=by, at=at, reason=reason.strip(), is_locked=True)
    return opened


def _opened(screening: Screening, by: User, at: datetime) -> tuple[Petition, Screening]:
    petition = lock(screening.petition)
    standing = standing_of(by, petition, at)
    if Role.INTAKE not in standing.roles:
        raise NotPermitted("Only an intake clerk can let waiting words through.")
    if standing.kept_from_acting:
        raise NotPermitted(*standing.kept_from_acting)
    locked = Screening.objects.select_for_update(of=("self",)).select_related("reply__response")
    found = locked.get(pk=screening.pk)
    if found.outcome != Screening.Outcome.WAITS:
        raise WrongState(f"This is “{found.get_outcome_display()}” already.")
    return petition, found


def _settle(screening: Screening, outcome: Screening.Outcome, by: User, at: datetime) -> None:
    screening.outcome, screening.settled_by, screening.settled_at = outcome, by, at
    screening.save(update_fields=["outcome", "settled_by", "settled_at", "reason", "reason_code"])


def _post(petition: Petition, reply: Reply, by: User, at: datetime) -> None:
    response = reply.response
    response.petition = petition
    publish_response(response, at=at)
    record_event(petition_subject(petition), "post_reply", by=by, at=at, data={"response": response.reference})
    context = {
        "reference": petition.reference,
        "response": response.reference,
        "url": page_address("docket-petition", petition.reference),
    }
    title = f"{petition.reference}: the requester replied to your response"
    notify(to=response.email, template="reply_posted", subject=title, context=context, at=at)
    title = f"{petition.reference}: your reply was posted"
    notify(to=reply.submitted_by.email, template="your_reply_posted", subject=title, context=context, at=at)


def _tell_of_refusal(petition: Petition, reply: Reply, why: str, at: datetime) -> None:
    response = reply.response
    response.petition = petition
    again = reply_refusal(response, reply.submitted_by, at) is None
    closes = response.reply_closes_at
    notify(
        to=reply.submitted_by.email,
        template="reply_refused",
        subject=f"{petition.reference}: your reply was not posted",
        context={
            "reference": petition.reference,
            "response": response.reference,
            "why": why,
            "until": in_words(closes) if again and closes else "",
            "url": page_address("docket-reply", petition.reference, response.reference)
            if again
            else page_address("petition", petition.pk),
        },
        at=at,
    )


def _thing(screening: Screening) -> dict[str, str]:
    """Name what it is about by reference or version, never by its words."""
    if screening.reply:
        code = {"code": screening.reason_code} if screening.reason_code else {}
        return {"thing": "reply", "response": str(screening.reply.response.reference), **code}
    if screening.draft:
        return {"thing": "product_text", "version": str(screening.draft.version)}
    return {"thing": "opinion"}
