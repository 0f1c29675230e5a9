"""One statement on many petitions of a round: judged for each as a single response is, and taken in together."""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from exclusions.actions.filing import submissions
from exclusions.actions.filing.joint.judging import Case, Judged, judge
from exclusions.actions.filing.own_values import statements_on
from exclusions.actions.record.addresses import page_address
from exclusions.actions.record.events import notify
from exclusions.errors import SomeRefused, Unconfirmed
from exclusions.facts.forms import response_form
from exclusions.models import JointStatement, LeakSettlement, Response, Round, User
from exclusions.models.api_token import digest_of
from exclusions.models.submission import CONFIRM_WITHIN
from exclusions.workflow.deadlines import in_words

READ_FIRST = "Read the preview below, then send. It shows what goes to each petition as you wrote it now."


def digest_over(round: Round, cases: Sequence[Case], answers: Mapping[str, Any]) -> str:
    """Return what stands for all that was typed: another text, another list, another digest."""
    listed = sorted([case.reference, sorted(case.own.items())] for case in cases)
    whole = json.dumps([round.slug, listed, sorted(answers.items())], ensure_ascii=False, default=str)
    return hashlib.sha256(whole.encode()).hexdigest()


def respond_to_many(
    *,
    round: Round,
    cases: Sequence[Case],
    answers: Mapping[str, Any],
    stated_public: Collection[str] = (),
    seen: str,
    others_go: bool,
    by: User,
    at: datetime,
) -> JointStatement:
    """Take in a statement on many petitions, a response each, and send its author one link that confirms all.

    `seen` is the digest of what the preview showed. Of petitions that refuse it, `others_go` says whether it is sent to
    the others. The same statement that waits for its link is not taken in twice. Raises what `judge` raises,
    Unconfirmed where something else was previewed, and SomeRefused, with nothing kept, where all or none go.
    """
    judged = judge(round=round, cases=cases, answers=answers, stated_public=stated_public, by=by, at=at)
    digest = digest_over(round, cases, answers)
    if seen != digest:
        raise Unconfirmed(READ_FIRST, figures=[("to be sent", len(judged.ready))], seen=digest)
    if judged.refused and not (others_go and judged.ready):
        raise SomeRefused(judged.refused, of=len(cases))
    with transaction.atomic():
        User.objects.select_for_update().get(pk=by.pk)  # of two clicks at once the second finds what the first sent
        waiting = Response.objects.to_be_confirmed(at).filter(joint__isnull=False).values("joint")
        same = JointStatement.objects.select_related("round").filter(pk__in=waiting, user=by, sha256=digest)
        going = {str(ready.petition.reference) for ready in judged.ready}
        for before in same.order_by("pk"):
            if set(before.own_values) == going:
                return before
        return _keep(round, cases, answers, judged, digest, by=by, at=at)


def _keep(
    round: Round,
    cases: Sequence[Case],
    answers: Mapping[str, Any],
    judged: Judged,
    digest: str,
    *,
    by: User,
    at: datetime,
) -> JointStatement:
    token, form = submissions.new_token(), response_form(round)
    typed = form.clean(answers)
    going = {str(ready.petition.reference) for ready in judged.ready}
    joint = JointStatement(
        round=round,
        user=by,
        position=typed["position"],
        organization_name=typed["org_legal_name"],
        email=submissions.address_in(form, typed),
        answers=typed,
        cases=[[case.reference, dict(case.own)] for case in cases if case.reference in going],
        left_out=judged.refused,
        sha256=digest,
        confirmation_digest=digest_of(token),
        created_at=at,
    )
    responses, statements = list[Response](), list[LeakSettlement]()
    for ready in judged.ready:
        response = Response(petition=ready.petition, joint=joint)
        own, form = token_in(token, response), response_form(ready.petition.round)
        submissions.fill_in(response, form, submissions.checked(form, ready.answers), own, by=by, at=at)
        responses.append(response)
        statements += statements_on(ready.petition, ready.stated, f"{Response.NOUN}:{response.pk}", by=by, at=at)
    joint.save(force_insert=True)
    Response.objects.bulk_create(responses, batch_size=100)
    LeakSettlement.objects.bulk_create(statements, batch_size=500)
    _ask(joint, len(responses), token, at)
    return joint


def token_in(token: str, response: Response) -> str:
    """Return the token of the secret link of one response, for whoever has that of its statement."""
    return f"{token}.{response.pk.hex}"


def _ask(joint: JointStatement, number: int, token: str, at: datetime) -> None:
    notify(
        to=joint.email,
        template="confirm_joint",
        subject=f"Confirm your statement on {number} petition{'' if number == 1 else 's'}",
        context={
            "docket": joint.round.docket,
            "position": joint.get_position_display(),
            "count": number,
            "number": joint.receipt,
            "sent": in_words(at),
            "until": in_words(at + CONFIRM_WITHIN),
            "left": [[reference, " ".join(said)] for reference, said in joint.left_out.items()],
            "url": page_address("docket-respond-many-confirm", token),
        },
        at=at,
    )
