"""Makes cases that people write into: `python -m tests.bench.posted COUNT`.

Prints the reference of a posted petition that takes responses now, the session key of its requester, the reference of a
case at level 1, and the session key of its reviewer; then the references of COUNT posted responses, which take a reply.
"""

import re
import sys
from datetime import datetime, timedelta

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from exclusions.actions import transitions  # noqa: E402
from exclusions.actions.filing import petitions  # noqa: E402
from exclusions.actions.filing.responses import confirm_response, post_response, respond  # noqa: E402
from exclusions.actions.record.transition import move  # noqa: E402
from exclusions.facts.forms import petition_form  # noqa: E402
from exclusions.models import Notification, Organization, Petition, Response, Round, User  # noqa: E402
from exclusions.workflow.roles import Role  # noqa: E402
from exclusions.workflow.states import Status  # noqa: E402
from exclusions.workflow.transitions import TRANSITIONS  # noqa: E402
from tests.bench.drafts import NUMBER  # noqa: E402
from tests.factories.answers import CERTIFIED, RESPONSE_ANSWERS, petition_answers, purchases  # noqa: E402
from tests.factories.desk.ways import PATHS  # noqa: E402
from tests.factories.people import make_organization, make_person  # noqa: E402


def main(count: int) -> None:
    """Make the cases and print them."""
    organization = make_organization("Sandpiper Stone LLC")
    requester = person("Paula Petitioner", organization=organization)
    staff = {role: person(f"Bench {role.value}", role=role) for role in (Role.INTAKE, Role.REVIEWER1)}
    posted = bring(Status.POSTED, organization, requester, staff, timezone.now())
    reviewed = bring(Status.LEVEL1, organization, requester, staff, timezone.now() - timedelta(days=29))
    print(posted.reference)
    print(session_of(requester))
    print(reviewed.reference)
    print(session_of(staff[Role.REVIEWER1]))
    for _ in range(count):
        given = respond(reference=str(posted.reference), answers=RESPONSE_ANSWERS, by=None, at=timezone.now())
        link = Notification.objects.filter(template="confirm_response").latest("pk").context["url"]
        key = re.search(r"/confirm/([^/]+)/", link)
        assert key
        confirm_response(token=key.group(1), at=timezone.now())
        done = post_response(Response.objects.get(pk=given.pk), by=staff[Role.INTAKE], at=timezone.now())
        print(done.reference)


def person(name: str, *, role: str = "", organization: Organization | None = None) -> User:
    """Return a person of that name, the same one when a part of the bench has made it before."""
    return User.objects.filter(full_name=name).first() or make_person(name, role=role, organization=organization)


def bring(
    status: Status,
    organization: Organization,
    requester: User,
    staff: dict[Role, User],
    at: datetime,
    number: str = NUMBER,
) -> Petition:
    """File a petition in the demonstration's round and take it to a status by its actions, begun at that moment."""
    round_ = Round.objects.get(is_demo=True)
    questions = {question.key: question for question in petition_form(round_).questions}
    answers = petition_answers(
        hts10=number,
        purchases=purchases(tuple(period.key for period in questions["purchases"].periods)),
        revenue={period.key: "9000000" for period in questions["revenue"].periods},
    )
    petition = petitions.start(round=round_, organization=organization, by=requester, at=at, answers=answers)
    for name in PATHS[status]:
        at += timedelta(seconds=1)
        role = next((role for role in staff if role in TRANSITIONS[name].roles), None)
        if name == "submit":
            petition = petitions.submit(petition, by=requester, at=at, certified=CERTIFIED)
        elif role is None:
            closes = petition.response_closes_at if name == "close_responses" else petition.reply_closes_at
            at = max(at, closes + timedelta(seconds=1)) if closes else at
            petition = move(petition, name, by=None, at=at)
        else:
            petition = transitions.take(petition, name, by=staff[role], at=at, reason="", data={"screened": True})
        petition.refresh_from_db()
    return petition


def session_of(user: User) -> str:
    """Return the key of a new session of that person."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return str(client.cookies[settings.SESSION_COOKIE_NAME].value)


if __name__ == "__main__":
    main(int(sys.argv[1]))
