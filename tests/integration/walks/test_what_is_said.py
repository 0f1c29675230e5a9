"""What each person is told of each transition and entry in each state, in words, and that it stays so.

The cases stand at the beginning of their states: nobody has made an entry that the state asks for. Who is told the same
is named together; `?` stands for a role that may go on. See `test_whole_record.py` for how the files are written.
"""

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from exclusions.actions.filing import petitions, responses
from exclusions.actions.record.events import record_event
from exclusions.errors import ActionRefused
from exclusions.models import Interest, Organization, Outcome, Petition, Recusal, User
from exclusions.permissions import refusal, standing_of
from exclusions.permissions.agreement import adoption, agreement_refusals
from exclusions.permissions.case_entries import CASE_ENTRIES, case_entry_refusal
from exclusions.permissions.conclusions import DESK_OF, DESKS, SIGNS, conclusion_faults, conclusions, signing_faults
from exclusions.permissions.proposals import first_refusal, proposing_refusal
from exclusions.permissions.quarantine import quarantine_refusal, restoring_refusal
from exclusions.permissions.standing import standings
from exclusions.workflow.public_things import Kind
from exclusions.workflow.roles import Role
from exclusions.workflow.states import Status
from exclusions.workflow.transitions import CLOSINGS, TRANSITIONS
from exclusions.workflow.two_persons import ACTS
from tests.conftest import Clock
from tests.factories.casework.ways import PATHS
from tests.factories.cast import Responder
from tests.factories.people import LONG_AGO, make_organization, make_person
from tests.factories.petitions import SEVERAL, Journey
from tests.factories.world import response_answers, token_of
from tests.integration.walks.test_whole_record import as_written, others

pytestmark = pytest.mark.django_db


OUTSIDE = Status.WITHDRAWN  # where hardly anything goes: what is told of a state that is another

OWN_ROLE = re.compile(r"Your role is [^.]*\.")


def told(refused: ActionRefused | None) -> str:
    """Return a refusal in a line."""
    return f"{type(refused).__name__}: {' '.join(refused.reasons)}" if refused else "?"


def by_words(said: Mapping[str, str], *, roles: bool = False) -> list[str]:
    """Return who is told what, those who are told the same together; their own roles are told in `OUTSIDE` alone."""
    groups: dict[str, list[str]] = {}
    for name, words in said.items():
        groups.setdefault(words if roles else OWN_ROLE.sub("Your role is …", words), []).append(name)
    return [f"    {', '.join(names)}: {words}" for words, names in groups.items()]


@pytest.mark.parametrize("status", list(Status))
def test_what_each_person_is_told_in_a_state_is_written_down(
    journey: Callable[..., Journey], cast: dict[str, User], status: Status
) -> None:
    path = PATHS[status]
    others(journey, decided=Status.GRANTED if "deny" in path else Status.DENIED)
    case = journey("deny" if "deny" in path else "grant", through_firm=True)
    # Words that bear a code of a fact out, by which counsel may conclude for a denial.
    petitions.save_answers(case.petition, answers=SEVERAL, by=cast["filer"], at=case.at)
    petition, at = case.take(*path), case.at
    people: dict[str, User | None] = {**cast, "the clock": None}
    lines = []
    for name, transition in TRANSITIONS.items():
        entered: dict[str, Any] = {"certified": True, "screened": True, **case.entered(name), "reason": "It says so."}
        for words, data in (("offered", None), ("empty", {}), ("entered", entered)):
            if status in transition.sources or (words == "offered" and status == OUTSIDE):
                lines += [f"{name}, {words}"]
                said = {who: told(refusal(name, petition, by, at, data)) for who, by in people.items()}
                lines += by_words(said, roles=status == OUTSIDE)
    lines += [line for name in TRANSITIONS for line in when_prepared(case, name, people)]
    for name, entry in CASE_ENTRIES.items():
        if status in entry.places or status == OUTSIDE:
            said = {who: told(case_entry_refusal(name, petition, by, at)) for who, by in cast.items()}
            lines += [f"entry {name}", *by_words(said, roles=status == OUTSIDE)]
    lines += of_the_desks(petition, case) if status in (*DESK_OF, Status.SIGNATURE) else []
    lines += of_taking_down(petition, case) if status in (Status.SUBMITTED, Status.POSTED) else []
    as_written(f"said_{status.value}", lines)


def when_prepared(case: Journey, name: str, people: Mapping[str, User | None]) -> list[str]:
    """Return what those who may be offered a transition are told of it once its entries are made; undone afterwards."""
    if case.petition.status not in TRANSITIONS[name].sources or name in (*CLOSINGS, "withhold_text"):
        return []
    at = case.at
    with transaction.atomic():
        case.prepare(name)
        petition = Petition.objects.get(pk=case.petition.pk)
        said = {who: told(refusal(name, petition, by, at, {**case.entered(name)})) for who, by in people.items()}
        # Counsel and the committee that came to another outcome, and a second look at the same desk.
        for row in (petition.legal_reviews.last(), petition.recommendations.last()):
            if row is not None:
                row.pk, row.made_at = None, row.made_at + timedelta(minutes=1)
                row.outcome, row.denial_codes = Outcome.DENY, ["DR2"]
                row.save(force_insert=True)
        again = Petition.objects.get(pk=petition.pk)
        other = {who: told(refusal(name, again, by, at)) for who, by in people.items()}
        again.status_since = at + timedelta(hours=1)
        later = {who: told(refusal(name, again, by, at)) for who, by in people.items()}
        transaction.set_rollback(True)
    case.petition, case.at = Petition.objects.get(pk=case.petition.pk), at
    lines = [f"{name}, once its entries are made", *by_words(said), f"{name}, of another outcome", *by_words(other)]
    return [*lines, f"{name}, of a later stay", *by_words(later)]


def of_the_desks(petition: Petition, case: Journey) -> list[str]:
    """Return what the desks concluded, whether the next one may agree, and what other conclusions lack."""
    made, petition = conclusions(petition), Petition.objects.get(pk=petition.pk)
    lines = [f"{desk} concluded {one.outcome}, departing: {one.departure or one.departs}" for desk, one in made.items()]
    if found := adoption(petition):
        lines += [f"{found.desk} adopts {found.row.outcome} {found.codes} of {found.of}, then {found.onward}"]
        said = {who: " ".join(agreement_refusals(petition, found, by, case.at)) or "?" for who, by in case.cast.items()}
        lines += by_words(said)
    for desk in DESKS:
        for outcome in (Outcome.GRANT, Outcome.DENY):
            for codes, why in (([], ""), (["DR1", "DR6b"], "Short."), (["DR2"], "The record shows a maker in Ohio.")):
                lines += [f"{desk} to {outcome} for {codes}, departing with “{why}”"]
                lines += [
                    f"    {field}: {' '.join(words)}"
                    for field, words in conclusion_faults(petition, desk, outcome, codes, why).items()
                ]
    whole = {"rationale": "The record shows it.", "adverse": "x", "departure": "x", "facts": "x", "denial_codes": ["Q"]}
    for name in SIGNS:
        for data in ({}, whole, {**case.entered(name)}):
            lines += [f"{name} signed with {sorted(data)}"]
            lines += [
                f"    {field}: {' '.join(words)}" for field, words in signing_faults(name, petition, data).items()
            ]
    return lines


def of_taking_down(petition: Petition, case: Journey) -> list[str]:
    """Return who takes down what of a petition, and who puts it back."""
    lines, people = [], {**case.cast, "a secret link": None}
    for kind in Kind:
        said = {who: told(quarantine_refusal(petition, kind, None, None, by, case.at)) for who, by in people.items()}
        lines += [f"take down {kind.value}", *by_words(said)]
    said = {who: told(restoring_refusal(petition, by, case.at)) for who, by in case.cast.items()}
    return [*lines, "put back", *by_words(said)]


def test_who_may_be_the_first_of_two_persons_is_written_down(cast: dict[str, User]) -> None:
    lines = []
    for act in ACTS:
        lines += [f"{act}, proposed"]
        lines += by_words({who: told(proposing_refusal(act, by, ())) for who, by in cast.items()})
        lines += [f"{act}, proposed first"]
        lines += by_words({who: told(first_refusal(act, by)) for who, by in cast.items()})
        lines += [f"{act}, of the own account"]
        lines += by_words({who: told(proposing_refusal(act, by, [by.pk])) for who, by in cast.items()})
    as_written("said_of_two_persons", lines)


def made_staff(name: str, organization: Organization | None = None) -> User:
    """Return a level 1 reviewer of that name."""
    return make_person(name, role=Role.REVIEWER1, organization=organization)


def who_acted(petition: Petition, case: Journey) -> dict[str, User]:
    """Return members of staff by what they did in the case before, or are besides."""
    people = {}
    for what, role, kind in (
        ("acted as intake", "intake", "post"),
        ("acted for a party", "requester", "submit"),
        ("acted as a reviewer", "reviewer1", "take"),
        ("stepped back as intake", "intake", "recuse"),
    ):
        person = people[what] = made_staff(what.title())
        record_event(f"petition:{petition.pk}", kind, by=person, at=case.at, role=role)
    for what, ended_at in (("stepped back", None), ("stepped back and returned", case.at)):
        person = people[what] = made_staff(what.title())
        Recusal.objects.create(
            petition=petition, user=person, reason="A relative.", declared_at=case.at, ended_at=ended_at
        )
    for what, facts in (
        ("leads", {"leads": True}),
        ("administers", {"is_staff": True}),
        ("left", {"is_active": False}),
    ):
        person = people[what] = made_staff(what.title())
        User.objects.filter(pk=person.pk).update(**facts)
        person.refresh_from_db()
    return people


@pytest.fixture
def tied(journey: Callable[..., Journey], responder: Responder) -> tuple[Petition, dict[str, User]]:
    """Return a posted petition with a response, and members of staff by what ties them to it."""
    case = journey(through_firm=True)
    petition = case.take("submit", "post")
    response = responses.respond(
        reference=str(petition.reference), answers=response_answers(responder), by=None, at=case.at
    )
    responses.confirm_response(token=token_of(response), at=case.at)
    slow = response_answers(responder, org_legal_name="Slow Quarry", responder_email="slow@example.test")
    responses.respond(reference=str(petition.reference), answers=slow, by=None, at=case.at)
    other = make_organization("Two Rivers Radio Co.")
    firm = petition.filer_organization
    assert firm
    people = {
        "tied to nobody": made_staff("Una Untied"),
        "of the requester": made_staff("Olga Own", petition.organization),
        "of the firm": made_staff("Fay Firm", firm),
        "of another organization": made_staff("Rita Rivers", other),
    }
    for what, organization, name in (
        ("declared the requester", petition.organization, "Shares"),
        ("declared the requester by name", None, f" {petition.organization.legal_name.upper()} "),
        ("declared the firm", firm, "Counsel"),
        ("declared the firm by name", None, firm.legal_name.lower()),
        ("declared another", other, "Radio"),
        ("declared another by name", None, "Granite Coast"),
        ("declared a responder by name", None, f"{response.organization_name.upper()} "),
        ("declared who has not confirmed", None, "Slow Quarry"),
    ):
        person = people[what] = made_staff(what.title())
        Interest.objects.create(
            user=person, organization=organization, name=name, nature="Shares", declared_at=LONG_AGO, declared_by=person
        )
    ended = people["no longer of the requester"] = made_staff("Eve Ended")
    Interest.objects.create(
        user=ended, organization=petition.organization, name="Shares", nature="Shares", declared_at=LONG_AGO,
        declared_by=ended, ended_at=case.at, ended_by=ended,
    )  # fmt: skip
    people |= who_acted(petition, case)
    people["busy elsewhere"] = busy(journey(), responder)
    return petition, people


def busy(case: Journey, responder: Responder) -> User:
    """Return somebody who acted as intake in another case, stepped back from it, and has shares of its responder."""
    person = made_staff("Bea Busy")
    elsewhere = case.take("submit", "post")
    answers = response_answers(responder, org_legal_name="Busy Quarry", responder_email="busy@example.test")
    given = responses.respond(reference=str(elsewhere.reference), answers=answers, by=None, at=case.at)
    responses.confirm_response(token=token_of(given), at=case.at)
    record_event(f"petition:{elsewhere.pk}", "post", by=person, at=case.at, role="intake")
    Recusal.objects.create(petition=elsewhere, user=person, reason="A relative.", declared_at=case.at)
    Interest.objects.create(
        user=person, name="Busy Quarry", nature="Shares", declared_at=LONG_AGO, declared_by=person
    )  # fmt: skip
    return person


def test_what_keeps_whom_from_a_case_is_written_down(
    tied: tuple[Petition, dict[str, User]], cast: dict[str, User], clock: Clock
) -> None:
    petition, people = tied
    lines = []
    for who, by in (cast | people).items():
        held = standing_of(by, petition, clock.now)
        roles = ", ".join(sorted(held.roles)) or "nothing"
        lines += [
            f"{who}: {roles}; {' '.join([*held.kept_from_acting]) or 'free'}; to assign: {held.kept_from_assigning}"
        ]
        if by.role:
            several = standings(by, [petition], clock.now)[petition.pk]
            assert (several.roles, several.kept_from_acting) == (held.roles, held.kept_from_acting), who
    as_written("said_of_ties", lines)
