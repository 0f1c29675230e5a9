"""Cases that people write into, brought to where they stand by the actions."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.test import Client
from django.utils import timezone

from exclusions.actions import transitions
from exclusions.actions.filing import petitions
from exclusions.actions.filing.responses import confirm_response, post_response, respond
from exclusions.actions.record.transition import move
from exclusions.facts.forms import petition_form
from exclusions.models import Organization, Petition, Round, User
from exclusions.workflow.roles import Role
from exclusions.workflow.states import Status
from exclusions.workflow.transitions import TRANSITIONS
from tests.factories.answers import CERTIFIED, RESPONSE_ANSWERS, petition_answers, purchases
from tests.factories.casework.ways import PATHS
from tests.factories.people import make_organization, make_person
from tests.factories.world import token_of

NUMBER = "6810990020"


@dataclass(frozen=True)
class Posted:
    """A posted petition that takes responses now, its requester's session; a case at level 1, its reviewer's session.

    `responses` are the references of posted responses to the first, which take a reply.
    """

    posted: str
    requester: str
    reviewed: str
    reviewer: str
    responses: list[str]


def make(count: int) -> Posted:
    """Make the cases, and so many responses."""
    organization = make_organization("Sandpiper Stone LLC")
    requester = person("Paula Petitioner", organization=organization)
    staff = {role: person(f"Bench {role.value}", role=role) for role in (Role.INTAKE, Role.REVIEWER1)}
    posted = bring(Status.POSTED, organization, requester, staff, timezone.now())
    reviewed = bring(Status.LEVEL1, organization, requester, staff, timezone.now() - timedelta(days=29))
    responses = []
    for _ in range(count):
        given = respond(reference=str(posted.reference), answers=RESPONSE_ANSWERS, by=None, at=timezone.now())
        confirmed = confirm_response(token=token_of(given), at=timezone.now())
        done = post_response(confirmed, by=staff[Role.INTAKE], at=timezone.now())
        responses.append(str(done.reference))
    people = session_of(requester), session_of(staff[Role.REVIEWER1])
    return Posted(str(posted.reference), people[0], str(reviewed.reference), people[1], responses)


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
