"""One link confirms a statement on many petitions: each of its responses is filed, or named with the reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from exclusions.actions.filing import submissions
from exclusions.actions.filing.responses import AGAIN
from exclusions.actions.record.addresses import page_address
from exclusions.actions.record.events import notify, petition_subject, record_for_each
from exclusions.models import JointStatement, Petition, Response
from exclusions.permissions.submissions import confirmation_refusal, responded, responded_already
from exclusions.workflow.deadlines import in_words


@dataclass(frozen=True)
class Confirmed:
    """The responses that this click filed, and the petitions to which the statement was not filed, with reasons."""

    joint: JointStatement
    filed: Sequence[Response] = ()
    left_out: Mapping[str, list[str]] = field(default_factory=dict)


def confirm_jointly(*, token: str, at: datetime) -> Confirmed:
    """Confirm the responses of a statement by the link that was mailed; a second click changes nothing.

    What counts for each deadline is when the statement was sent; the link is good for 72 hours. A petition that takes
    no responses any more, or that the same account responded to meanwhile, is left out and named. Raises WrongState.
    """
    joint = submissions.require_link(JointStatement.objects.of_token(token), otherwise=", or respond again")
    with transaction.atomic():
        responses = _locked(joint)
        waiting = [response for response in responses if response.status == Response.Status.UNCONFIRMED]
        if not waiting:
            return Confirmed(joint)
        submissions.require_in_time(joint.created_at, again=AGAIN, at=at)
        left = _left_out(joint, waiting)
        filed = [response for response in waiting if str(response.petition.reference) not in left]
        submissions.confirm_all(filed, at=at)
        subjects = [petition_subject(response.petition) for response in filed]
        record_for_each(subjects, "respond", by=None, at=at, data={"position": joint.position})
        if filed:
            _receipt(joint, filed, left, token, at)
    return Confirmed(joint, filed, left)


def _locked(joint: JointStatement) -> list[Response]:
    """Lock the petitions in the order of their references, then the responses; return these with their petitions."""
    of_joint = Response.objects.filter(joint=joint)
    rows = Petition.objects.select_for_update(of=("self",)).filter(pk__in=of_joint.values("petition"))
    petitions = {petition.pk: petition for petition in rows.select_related("round").order_by("reference")}
    responses = list(of_joint.select_for_update(of=("self",)).order_by("petition__reference"))
    for response in responses:
        response.petition = petitions[response.petition_id]
    return responses


def _left_out(joint: JointStatement, waiting: Sequence[Response]) -> dict[str, list[str]]:
    """Return why responses are not filed, by the reference of the petition."""
    left: dict[str, list[str]] = {}
    had = responded([response.petition for response in waiting], joint.user, joint.organization_name)
    for response in waiting:
        reference = str(response.petition.reference)
        if refused := confirmation_refusal(response.petition):
            left[reference] = refused.reasons
        elif reference in had:
            left[reference] = [responded_already(had[reference])]
    return left


def _receipt(
    joint: JointStatement, filed: Sequence[Response], left: Mapping[str, list[str]], token: str, at: datetime
) -> None:
    """Mail the author what was filed and what was not, once for all."""
    number = len(filed)
    notify(
        to=joint.email,
        template="joint_receipt",
        subject=f"Your statement {joint.receipt} is filed on {number} petition{'' if number == 1 else 's'}",
        context={
            "number": joint.receipt,
            "count": number,
            "sent": in_words(joint.created_at),
            "filed": [[str(response.petition.reference), response.receipt] for response in filed],
            "left": [[reference, " ".join(said)] for reference, said in left.items()],
            "url": page_address("docket-respond-many-confirm", token),
        },
        at=at,
    )
