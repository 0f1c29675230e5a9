"""Every act of two persons: nobody does one alone, nothing is done before it is confirmed, and it stands in the record.

The rows (`two_person_acts`) are held against the table of acts: one without a row there fails.
"""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from exclusions.actions.people import proposals
from exclusions.errors import Incomplete, NotPermitted, WrongState
from exclusions.models import Event, Notification, Proposal, User
from exclusions.permissions.proposals import OWN_ACCOUNT
from exclusions.workflow.two_persons import ACTS, GOOD_FOR, NOTICE_STAFF
from tests.conftest import Clock
from tests.factories.cast import SignedIn
from tests.factories.people import by_two, make_organization, make_person
from tests.integration.people.closing_acts import CASES
from tests.integration.people.two_person_acts import Stage, put, stage

__all__ = ["stage"]

pytestmark = pytest.mark.django_db
# Not said of what is refused in Python: who may, and what ran out or was refused before.
both_databases = pytest.mark.both_databases("Triggers, constraints and locks are each database's own.")
STALE = r"ha(ve|s) changed since it was proposed|Another account has this|does not count|no longer counts"
# Those of publisher and signatory are tried with their notices: tests/integration/decisions/test_undoing.py.
OF_NOTICES = {name for name, act in ACTS.items() if act.roles == NOTICE_STAFF}


@pytest.fixture
def both(cast: dict[str, User], second_admin: User) -> dict[str, User]:
    """Return the cast with the administrator who confirms what the other one proposes."""
    return {**cast, "second_admin": second_admin}


def test_every_act_has_a_row_here_and_a_body() -> None:
    assert set(CASES) | OF_NOTICES == set(ACTS) == set(proposals.BODIES)


@both_databases
@pytest.mark.parametrize("act", CASES)
def test_it_is_done_by_the_second_person_alone_and_told_to_the_owners(
    act: str, stage: Stage, both: dict[str, User], clock: Clock
) -> None:
    first, second = both[CASES[act].first], both[CASES[act].second]
    proposal = put(act, stage, first, clock)
    assert not CASES[act].done(stage)
    assert not Notification.objects.filter(template=CASES[act].template).exists()
    with pytest.raises(NotPermitted, match="Another member of staff must confirm it"):
        proposals.confirm(proposal, by=first, at=clock.now)
    assert not CASES[act].done(stage)
    proposals.confirm(proposal, by=second, at=clock.now)
    assert CASES[act].done(stage)
    event = Event.objects.filter(subject=proposal.subject).latest("sequence")
    assert (event.kind, event.by, event.reason) == (act, second, CASES[act].reason)
    assert (event.data["proposal"], event.data["proposed_by"]) == (proposal.pk, first.pk)
    told = set(Notification.objects.filter(template=CASES[act].template).values_list("to", flat=True))
    assert told == CASES[act].told(stage)
    with pytest.raises(WrongState, match="This was confirmed on"):
        proposals.confirm(proposal, by=second, at=clock.now)


@both_databases
@pytest.mark.parametrize("act", CASES)
def test_it_is_refused_when_what_it_rests_on_has_changed(
    act: str, stage: Stage, both: dict[str, User], clock: Clock
) -> None:
    first, second = both[CASES[act].first], both[CASES[act].second]
    proposal = put(act, stage, first, clock)
    CASES[act].disturb(stage)
    with pytest.raises((WrongState, Incomplete), match=STALE):
        proposals.confirm(proposal, by=second, at=clock.now)
    assert not CASES[act].done(stage)
    assert Proposal.objects.get(pk=proposal.pk).outcome == ""


@pytest.mark.parametrize("act", CASES)
def test_it_runs_out_and_may_be_refused_or_withdrawn(
    act: str, stage: Stage, both: dict[str, User], clock: Clock
) -> None:
    first, second = both[CASES[act].first], both[CASES[act].second]
    late = put(act, stage, first, clock)
    with pytest.raises(WrongState, match="Propose it again if it is still needed"):
        proposals.confirm(late, by=second, at=clock.now + GOOD_FOR)
    with pytest.raises(NotPermitted, match="Withdraw it instead"):
        proposals.refuse(late, by=first, at=clock.now, reason="No.")
    with pytest.raises(NotPermitted, match="Only the person who proposed this"):
        proposals.withdraw(late, by=second, at=clock.now)
    with pytest.raises(Incomplete, match="Say why"):
        proposals.refuse(late, by=second, at=clock.now, reason=" ")
    proposals.refuse(late, by=second, at=clock.now, reason="Not the same EIN.")
    with pytest.raises(WrongState, match="This was refused on"):
        proposals.confirm(late, by=second, at=clock.now)
    again = put(act, stage, first, clock) if act not in {"merge", "add_member", "reset_second_factor"} else None
    if again:
        proposals.withdraw(again, by=first, at=clock.now)
        with pytest.raises(WrongState, match="This was withdrawn on"):
            proposals.withdraw(again, by=first, at=clock.now)
    assert not CASES[act].done(stage)
    proposed = Event.objects.filter(subject=late.subject, kind="propose").order_by("sequence")[0]
    since = Event.objects.filter(subject=late.subject, sequence__gte=proposed.sequence)
    kinds = set(since.values_list("kind", flat=True))
    assert kinds - {"withdraw_proposal"} == {"propose", "refuse_proposal"}


@pytest.mark.parametrize("act", CASES)
def test_others_neither_propose_nor_confirm_nor_see_it(
    act: str, stage: Stage, cast: dict[str, User], clock: Clock
) -> None:
    proposal = put(act, stage, cast[CASES[act].first], clock)
    for name, person in cast.items():
        if person.role in ACTS[act].roles:
            continue
        with pytest.raises(NotPermitted):
            proposals.confirm(proposal, by=person, at=clock.now)
        with pytest.raises(NotPermitted):
            proposals.refuse(proposal, by=person, at=clock.now, reason="x")
        with pytest.raises(NotPermitted):
            proposals.propose(act, CASES[act].key(stage), by=person, at=clock.now, reason="x")
        seen = SignedIn(person).get(reverse("proposal", args=[proposal.pk])).status_code
        assert seen == (200 if name == "auditor" else 404), name


@both_databases
def test_the_same_is_not_proposed_twice(stage: Stage, admin: User, second_admin: User, clock: Clock) -> None:
    put("vet", stage, admin, clock)
    with pytest.raises(WrongState, match="already proposed this"):
        put("vet", stage, second_admin, clock)
    clock.move_to(clock.now + GOOD_FOR + timedelta(seconds=1))
    put("vet", stage, second_admin, clock)


@both_databases
@pytest.mark.parametrize(
    ("act", "facts", "says"),
    [
        ("add_member", {"email": "", "role": "owner"}, "No one has an account"),
        ("add_member", {"email": "ines.intake@example.test", "role": "owner"}, "Agency staff cannot belong"),
        ("add_member", {"email": "max.member@example.test", "role": "owner"}, "belongs to Acme Widgets, Inc. already"),
        ("add_member", {"email": "max.member@example.test", "role": "emperor"}, "Choose owner or member"),
        ("change_member", {"user": 0, "role": "owner"}, "Choose a person of"),
        ("change_member", {"user": "owner", "role": "member"}, "needs at least one owner"),
        ("change_member", {"user": "owner", "role": "owner"}, "is owner already"),
        ("remove_member", {"user": "owner"}, "needs at least one owner"),
        ("correct_kind", {"kind": "company"}, "of this kind already"),
        ("correct_kind", {"kind": "emperor"}, "Choose a kind"),
        ("vet", {}, "Only a law firm, association or broker"),
        ("end_vetting", {}, "is not vetted"),
    ],
)
def test_what_will_not_do_is_refused_when_it_is_proposed(
    act: str, facts: dict[str, Any], says: str, stage: Stage, admin: User, intake: User, clock: Clock
) -> None:
    given = {name: stage.owner.pk if value == "owner" and name == "user" else value for name, value in facts.items()}
    with pytest.raises((Incomplete, WrongState), match=says):
        proposals.propose(act, stage.company.pk, by=admin, at=clock.now, reason="x", facts=given)
    assert not Proposal.objects.exists()


@both_databases
def test_a_proposal_cannot_be_rewritten_and_needs_two_persons_in_the_database(
    stage: Stage, admin: User, clock: Clock
) -> None:
    proposal = put("vet", stage, admin, clock)
    for change in ({"facts": {"user": 1}}, {"reason": "Another."}, {"proposed_by": stage.owner}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Proposal.objects.filter(pk=proposal.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(outcome="confirmed", settled_by=admin, settled_at=clock.now)


@both_databases
def test_the_list_asks_no_more_for_more_rows(
    stage: Stage, admin: User, second_admin: User, clock: Clock, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        firm = make_organization(f"Firm {number} LLP", kind="law_firm", vetted=False)
        if number % 2:
            proposals.propose("vet", firm.pk, by=admin, at=clock.now, reason="x")
        else:
            by_two("vet", firm.pk, people=(admin, second_admin), at=clock.now)
    client = SignedIn(admin)
    with django_assert_max_num_queries(6):
        page = client.get(reverse("proposals")).content.decode()
    assert page.count("Let Firm") == 12


ON_ACCOUNTS = [name for name, act in ACTS.items() if act.of == "user" and name != "new_staff"]


@both_databases
@pytest.mark.parametrize("act", ON_ACCOUNTS)
def test_nobody_proposes_or_confirms_a_change_of_the_own_account(
    act: str, stage: Stage, admin: User, second_admin: User, clock: Clock
) -> None:
    stage.clerk = second_admin
    facts = dict(CASES[act].facts(stage))
    if act == "change_staff_role":
        facts["role"] = "signatory"
    with pytest.raises((NotPermitted, WrongState)) as refused:
        proposals.propose(act, admin.pk, by=admin, at=clock.now, reason="Mine.", facts=facts)
    assert refused.value.reasons == [OWN_ACCOUNT] or act in {"reactivate", "reset_second_factor", "change_lead"}
    if act in {"reactivate", "change_lead"}:
        return  # who is closed does nothing at all; an administrator leads no team
    proposal = proposals.propose(act, second_admin.pk, by=admin, at=clock.now, reason="Theirs.", facts=facts)
    with pytest.raises(NotPermitted, match="change to your own account"):
        proposals.confirm(proposal, by=second_admin, at=clock.now)
    assert Proposal.objects.get(pk=proposal.pk).outcome == ""
    third = make_person("Thea Third", role="admin")
    proposals.confirm(proposal, by=third, at=clock.now)
    assert User.objects.filter(role="admin", is_active=True).count() >= 2, "the two who did it are left"


@both_databases
def test_a_role_is_not_given_to_somebody_of_an_organization(stage: Stage, admin: User, clock: Clock) -> None:
    with pytest.raises(WrongState, match="belongs to an organization that files"):
        proposals.propose(
            "change_staff_role", stage.member.pk, by=admin, at=clock.now, reason="x", facts={"role": "legal"}
        )
