"""Confidential treatment: a filer settles what looks like a leak; the agency refuses the treatment, with reasons."""

from datetime import datetime

from django.db import transaction

from exclusions.actions.filing.judged_files import with_judged_files
from exclusions.actions.filing.owning import must_own
from exclusions.actions.record.disclosure_checks import look_through, require_reason
from exclusions.actions.record.events import notify, petition_subject, record_event
from exclusions.actions.record.transition import lock
from exclusions.errors import Incomplete, NotPermitted, WrongState
from exclusions.facts.forms import petition_form
from exclusions.models import ConfidentialityRefusal, LeakSettlement, Petition, User
from exclusions.permissions.filing import remarks
from exclusions.permissions.leaks import JudgedFiles, refused_digest, sealed_answers
from exclusions.queries.importer.filing import working_version
from exclusions.workflow.roles import Role
from exclusions.workflow.states import EDITABLE, Status

NO_STATEMENT = "Say why everyone may read this."
NOTHING_THERE = "This was already resolved. Nothing was recorded."


def settle_leak(petition: Petition, leak: str, *, statement: str, by: User, at: datetime) -> LeakSettlement:
    """Record the filer's statement why words that repeat a confidential answer are not confidential; return it.

    `leak` is what a remark names. Raises NotPermitted for anybody but the owners, WrongState once filed, Incomplete
    without a statement or when there is no such leak now.
    """
    if not statement.strip():
        raise Incomplete(fields={"statement": [NO_STATEMENT]})
    return with_judged_files(petition, lambda judged: _settle(petition, leak, statement.strip(), by, at, judged))


def _settle(
    petition: Petition, leak: str, statement: str, by: User, at: datetime, judged: JudgedFiles
) -> LeakSettlement:
    with transaction.atomic():
        locked = lock(petition)
        must_own(locked, by, at)
        if locked.status not in EDITABLE:
            raise WrongState(f"{locked} has been submitted. You can no longer change its answers.")
        said = remarks(locked, working_version(locked).answers, at, judged=judged)
        place = next((remark.key for remark in said if remark.leak and remark.leak == leak), None)
        if place is None:
            raise Incomplete(NOTHING_THERE)
        settled = LeakSettlement.objects.create(
            petition=locked, leak=leak, place=place, statement=statement, stated_by=by, stated_at=at
        )
        # The statement may quote the value: it stays in the private table, the chain holds the question's key.
        record_event(petition_subject(locked), "settle_leak", by=by, at=at, data={"question": place})
    return settled


def refuse_confidentiality(
    petition: Petition, question_key: str, *, reason: str, by: User, at: datetime
) -> ConfidentialityRefusal:
    """Refuse to treat an answer as confidential; tell the requester; return the refusal.

    15 CFR 2006.15: the filer then discloses it, replaces it or withdraws, so the petition is returned with it. Only
    intake, only before posting. Raises NotPermitted, WrongState, Incomplete.
    """
    if by.role != Role.INTAKE:
        raise NotPermitted("Only an intake clerk can refuse confidential treatment.")
    require_reason(reason, "Give the reasons. The requester reads them.")
    with transaction.atomic():
        locked = lock(petition)
        if locked.status != Status.SUBMITTED:
            raise WrongState("You can refuse confidential treatment only between filing and posting.")
        answers = sealed_answers(locked)
        form = petition_form(locked.round)
        if question_key not in form.confidential_keys or not answers.get(question_key):
            raise Incomplete("That answer is not confidential.")
        look_through("refuse_confidentiality", locked, {"reason": reason}, by=by, at=at)
        refused = ConfidentialityRefusal.objects.create(
            petition=locked,
            question_key=question_key,
            reason=reason.strip(),
            refused_by=by,
            refused_at=at,
            answer_digest=refused_digest(answers[question_key]),
        )
        record_event(petition_subject(locked), "refuse_confidentiality", by=by, at=at, data={"question": question_key})
        notify(
            to=locked.filed_by.email,
            template="general",
            subject=f"{locked.reference}: confidential treatment refused",
            context={
                "reference": locked.reference or "",
                "round": locked.round.title,
                "status": "confidential treatment refused for one answer",
            },
            at=at,
        )
    return refused
