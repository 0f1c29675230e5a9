"""Each refusal of each transition: one sentence, word for word, on the page and by program; the admin takes none.

Complete by construction: the causes are the gates of the table, the role, the state and the reason that it wants.
"""

import html
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.admin import site
from django.urls import reverse
from zeal import zeal_ignore

from exclusions.actions.filing.submitting import certification_keys
from exclusions.admin.read_only import ReadOnly
from exclusions.api.cases.transitions import BY_A_PERSON
from exclusions.api.petitions.owned import answers_of, digest_of
from exclusions.models import Petition, User
from exclusions.permissions import refusal
from exclusions.permissions.casework.opening import why_not_there
from exclusions.permissions.gates import GATES
from exclusions.workflow.customs_grounds import GROUNDS
from exclusions.workflow.roles import OWNERS, Role
from exclusions.workflow.states import Status
from exclusions.workflow.transitions import TRANSITIONS
from tests.conftest import Clock
from tests.factories.casework.ways import ACTORS
from tests.factories.cast import SignedIn
from tests.factories.petitions import POINTS
from tests.integration.api.cases.test_cases import WHY, works
from tests.integration.api.test_own_petitions import asks
from tests.integration.api.test_problems import problem_of

pytestmark = pytest.mark.django_db
LATER = "2030-01-01"
SHUT = "This very gate is shut, & it says so."
TAKEN = [name for name, row in TRANSITIONS.items() if row.roles != {Role.CLOCK}]
# A state in which the actor of the tests takes it at a desk of theirs; of the others the first.
FROM = {"reopen": Status.LEGAL, "withdraw": Status.SUBMITTED, "return_alike": Status.LEGAL}
# Who signs by hand enters the reason there; of a return the points are the reason; a comparison needs a like case.
REASONED = [
    name for name in TAKEN if TRANSITIONS[name].needs_reason and name not in BY_A_PERSON | {"return", "return_alike"}
]
# Who draws up texts, rules on them or publishes knows a case by its stage alone: before and after, it is not there.
NOT_THERE = {name for name in TAKEN if TRANSITIONS[name].roles & {Role.DRAFTER, Role.CUSTOMS, Role.PUBLISHER}}
Knock = Callable[..., Iterator[tuple[str, int, str]]]


def source_of(name: str) -> Status:
    return FROM.get(name) or min(TRANSITIONS[name].sources, key=list(Status).index)


@pytest.fixture
def knock(clock: Clock) -> Knock:
    """Return what knocks at each door of a transition: it yields the door, its status and what it answers."""

    def at_each_door(name: str, petition: Petition, person: User, reason: str = WHY) -> Iterator[tuple[str, int, str]]:
        owners = TRANSITIONS[name].roles <= OWNERS
        with zeal_ignore():
            page = (_own_page if owners else _case_page)(name, petition, person, reason)
        yield "page", page.status_code, html.unescape(page.content.decode())
        told = (_own_program if owners else _case_program)(name, petition, person, reason, clock)
        yield "program", told.status_code, problem_of(told, told.status_code)["detail"]

    return at_each_door


def _own_page(name: str, petition: Petition, person: User, reason: str) -> Any:
    if name == "withdraw":
        return SignedIn(person).post(reverse("petition-withdraw", args=[petition.pk]), {"reason": reason})
    stated = dict.fromkeys(certification_keys(petition.round), "yes")
    return SignedIn(person).post(reverse("petition-certify", args=[petition.pk]), stated, follow=True)


def _own_program(name: str, petition: Petition, person: User, reason: str, clock: Clock) -> Any:
    ask = asks(person, clock)
    if name == "withdraw":
        return ask("POST", f"{petition.pk}/withdraw/", {"reason": reason})
    stated = list(certification_keys(petition.round))
    sent = {"digest": digest_of(petition, answers_of(petition)), "certified": stated}
    return ask("POST", f"{petition.pk}/submit/", sent)


def _case_page(name: str, petition: Petition, person: User, reason: str) -> Any:
    """Press the button where it stands: customs knows texts alone, intake fills a form of its own."""
    draft = petition.drafts.order_by("-pk").first()
    if person.role == Role.CUSTOMS and draft is not None:
        objects = {"result": "misclassified", "grounds": list(GROUNDS["misclassified"])[:1], "reasons": reason}
        sent = {"result": "no_objection"} if name == "clear_text" else objects
        return SignedIn(person).post(reverse("customs-draft", args=[draft.pk]), sent)
    typed = {f"{field}_1": words for field, words in POINTS[0].items()}
    fields = {"return": {**typed, "last_day": LATER}, "post": {"screened": "on"}}.get(name, {"reason": reason})
    return SignedIn(person).post(reverse("case-transition", args=[petition.reference, name]), fields)


def _case_program(name: str, petition: Petition, person: User, reason: str, clock: Clock) -> Any:
    bodies = {
        "return": {"points": list(POINTS), "last_day": LATER},
        "post": {"screened": True},
        "return_alike": {"beside": petition.reference, "reason": reason},
    }
    return works(person, clock)("POST", f"{petition.reference}/{name}/", bodies.get(name, {"reason": reason}))


@pytest.mark.parametrize("name", TAKEN)
def test_each_gate_refuses_by_one_sentence_at_each_door(
    petition_in: Callable[[Status], Petition],
    cast: dict[str, User],
    knock: Knock,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    petition, person = petition_in(source_of(name)), cast[ACTORS[name]]
    gates = TRANSITIONS[name].gates
    for shut in gates:
        for gate in gates:
            monkeypatch.setitem(GATES, gate, lambda *_, said=[SHUT] if gate == shut else []: said)
        for door, status, answer in knock(name, petition, person):
            if (door, person.role) == ("program", Role.CUSTOMS):
                assert (status, [answer]) == (403, why_not_there(Role.CUSTOMS))
                continue
            assert (status, SHUT in answer) == (422, True), (shut, door, status, answer[:60])
            assert door == "page" or answer == SHUT, (shut, answer)
    petition.refresh_from_db()
    assert petition.status == source_of(name)


@pytest.mark.parametrize("name", REASONED)
def test_a_missing_reason_is_asked_for_by_one_sentence(
    petition_in: Callable[[Status], Petition],
    cast: dict[str, User],
    knock: Knock,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    for gate in TRANSITIONS[name].gates:
        monkeypatch.setitem(GATES, gate, lambda *_: [])
    petition = petition_in(source_of(name))
    for door, status, answer in knock(name, petition, cast[ACTORS[name]], reason=" "):
        assert (status, "Give a reason. It goes on the record." in answer) == (422, True), (door, answer[:60])


@pytest.mark.parametrize("name", TAKEN)
def test_a_wrong_state_and_a_wrong_role_are_told_by_one_sentence(
    petition_in: Callable[[Status], Petition], cast: dict[str, User], knock: Knock, clock: Clock, name: str
) -> None:
    row = TRANSITIONS[name]
    petition = petition_in(Status.POSTED if Status.WITHDRAWN in row.sources else Status.WITHDRAWN)
    wrong = cast["auditor"]
    causes = [(cast[ACTORS[name]], 409)] if row.roles <= OWNERS else [(cast[ACTORS[name]], 409), (wrong, 403)]
    for person, expected in causes:
        refused = refusal(name, petition, person, clock.now)
        assert refused is not None
        assert refused.status == expected
        (_, page, shown), (_, status, sentence) = knock(name, petition, person)
        assert sentence in shown, (page, status, sentence)
        if status != expected:  # the case is not even there for this role, or was filed by whoever was quicker
            assert (name in NOT_THERE, status in (403, 404, 409)) == (True, True), (status, sentence)
        elif name not in ("submit", "resubmit"):  # the page leads whoever was slower to what is filed
            assert page == status


def test_the_admin_shows_petitions_and_takes_none_of_it() -> None:
    admin = site.get_model_admin(Petition)
    assert isinstance(admin, ReadOnly)
    assert not admin.actions
