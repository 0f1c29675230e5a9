"""Who somebody is to a case: by the rows of that person, that firm, that client and that case, and by no others."""

from collections.abc import Callable

import pytest

from exclusions.actions.people import proposals
from exclusions.actions.review import own_view
from exclusions.errors import NotPermitted
from exclusions.models import Authorization, Organization, Petition, User
from exclusions.permissions.agreement import row_of
from exclusions.permissions.conclusions import LEVEL1, LEVEL2, conclusions
from exclusions.permissions.cures import changed_or_stated, open_cure
from exclusions.permissions.own_view import must_view_first
from exclusions.permissions.proposals import confirming_refusal
from exclusions.permissions.standing import lapse_refusal, may_read_confidential, standing_of
from exclusions.queries.casework.case.case_rows import CONCLUSIONS, read_entries
from exclusions.workflow.joint import JOINT, offered_to
from exclusions.workflow.roles import READS_CONFIDENTIAL, Role
from exclusions.workflow.states import Status
from exclusions.workflow.two_persons import ACTS, acts_of
from tests.factories.casework.ways import PATHS
from tests.factories.people import authorize, make_organization, make_person
from tests.factories.petitions import Journey

pytestmark = pytest.mark.django_db
Start = Callable[..., Journey]
OWN = {"importer", "filer"}


def test_owners_and_the_roles_that_judge_read_what_was_given_in_confidence(
    journey: Start, cast: dict[str, User]
) -> None:
    case = journey(through_firm=True)

    def readers() -> set[str]:
        return {name for name, user in cast.items() if may_read_confidential(user, case.petition, case.at)}

    assert readers() == OWN
    case.take("submit", "post")
    assert readers() == OWN | {name for name, user in cast.items() if user.role in READS_CONFIDENTIAL}


def test_nobody_without_a_tie_is_told_of_one(journey: Start, cast: dict[str, User]) -> None:
    case = journey()
    petition = case.take("submit", "post")
    for user in cast.values():
        if user.role:
            held = standing_of(user, petition, case.at)
            assert (held.tie, held.recused, held.barred) == ("", "", [])


def test_a_firms_authorization_lapses_for_its_members_and_by_its_client_alone(
    journey: Start, cast: dict[str, User], meadowlark: Organization
) -> None:
    case = journey(through_firm=True)
    firm = case.petition.filer_organization
    assert firm is not None
    authorize(firm, make_organization("Two Rivers Radio Co."))
    assert lapse_refusal(cast["filer"], case.petition, case.at) == ""
    Authorization.objects.filter(filer=firm, client=meadowlark).update(revoked_at=case.at)
    assert "was revoked" in lapse_refusal(cast["filer"], case.petition, case.at)
    for other in ("importer", "outsider", "rival", "nobody", "intake"):
        assert lapse_refusal(cast[other], case.petition, case.at) == "", other


def test_what_level_1_found_is_asked_for_anew_when_the_case_has_moved(journey: Start, cast: dict[str, User]) -> None:
    case = journey()
    own_view.set_share(case.petition.round, percent=100, by=cast["admin"], at=case.at)
    petition = Petition.objects.get(pk=case.take(*PATHS[Status.LEVEL1]).pk)
    assert must_view_first(petition, cast["reviewer2"])
    moved = case.take("recommend")
    views = dict.fromkeys(moved.round.criteria, "supports")
    own_view.record_own_view(moved, outcome="grant", views=views, by=cast["reviewer2"], at=case.at)
    petition.status = moved.status
    assert not must_view_first(petition, cast["reviewer2"])


def test_who_confirms_is_named_without_the_role_of_who_asks(denied_once: Journey, cast: dict[str, User]) -> None:
    case = denied_once
    petition = case.petition
    proposal = proposals.propose(
        "reopen_decision", petition.pk, reason="A domestic source was overlooked.", by=cast["legal"], at=case.at
    )
    other = make_person("Lou Legal", role=Role.LEGAL)
    refused = confirming_refusal(proposal, other, case.at)
    assert isinstance(refused, NotPermitted)
    (said,) = refused.reasons
    labels = {str(role.label) for role in ACTS["reopen_decision"].roles}
    assert {label for label in labels if label in said} == labels - {str(Role.LEGAL.label)}


def test_the_acts_of_a_role_are_those_that_it_proposes_of_one_kind_or_of_all() -> None:
    for role in Role:
        own = [act for act in ACTS.values() if role in act.roles]
        assert acts_of(role) == own
        for of in {act.of for act in ACTS.values()}:
            assert acts_of(role, of) == [act for act in own if act.of == of]


def test_a_role_is_offered_the_joint_acts_of_its_places_in_their_order() -> None:
    for role in Role:
        assert offered_to(role) == [row for row in JOINT.values() if role in row.places]


@pytest.mark.parametrize("outcome", ["grant", "deny"])
def test_each_desk_concluded_what_it_concluded_on_this_case(journey: Start, outcome: str) -> None:
    """Read before and not, beside a case that went the other way."""
    case, other = journey(outcome), journey("deny" if outcome == "grant" else "grant")
    for one in (other, case):
        one.take(*PATHS[Status.SIGNATURE if one.outcome == "grant" else Status.DENIED])
    petition = Petition.objects.get(pk=case.petition.pk)
    made = conclusions(petition)
    assert {one.outcome for one in made.values()} == {outcome}
    assert [row_of(petition, desk).level for desk in (LEVEL1, LEVEL2)] == [1, 2]  # type: ignore[union-attr]
    read = Petition.objects.get(pk=petition.pk)
    read_entries(read, CONCLUSIONS)
    assert conclusions(read) == made
    assert list(made) == list(conclusions(read))
    assert {desk: one.desk for desk, one in made.items()} == {desk: desk for desk in made}


def test_answers_that_are_at_hand_are_those_that_may_have_changed(journey: Start) -> None:
    case = journey()
    petition = case.take("submit", "return")
    assert open_cure(petition) is not None
    same = petition.versions.latest("number").answers
    other = same | {"product_description": "Slabs of another thickness, polished on both faces."}
    assert changed_or_stated(petition, None, case.at, {"open_answers": other}) == []
    assert changed_or_stated(petition, None, case.at, {"open_answers": same}) != []
    assert changed_or_stated(petition, None, case.at, {"open_answers": same, "unchanged": True}) == []
    assert open_cure(case.take("resubmit")) is None
