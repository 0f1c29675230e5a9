"""A member of staff with a tie to a party opens nothing of the case and does nothing in it, whichever door is tried."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from exclusions.actions.record.letters import ensure_letter
from exclusions.actions.review import contacts, interests
from exclusions.errors import ActionRefused, Incomplete, NotPermitted, WrongState
from exclusions.models import (
    AccessLog,
    Assignment,
    Event,
    Interest,
    Membership,
    NotThem,
    Organization,
    Petition,
    Response,
    User,
)
from exclusions.permissions import may_read_confidential
from exclusions.queries.casework.lists.short_worklists import cases_of, drafts_for_customs, granted_cases
from exclusions.queries.casework.lists.worklist import naming, worklist
from exclusions.queries.casework.submissions import waiting_responses
from exclusions.workflow.roles import Role
from tests.conftest import Clock
from tests.factories.people import authorize, by_two, join, make_organization
from tests.factories.world import World

pytestmark = pytest.mark.django_db
REQUESTER, FILER, RESPONDER = "Meadowlark Infant Care LLC", "Harbor and Vale LLP", "Granite Coast Surfaces"


def interest(user: User, name: str, clock: Clock) -> Interest:
    return interests.declare(user=user, name=name, nature="Shares", by=user, at=clock.now)


def belong(user: User, name: str, clock: Clock) -> Membership:
    return join(user, make_organization(name))


@pytest.mark.parametrize(
    ("tied", "name"),
    [
        *((tied, name) for tied in (interest, belong) for name in (REQUESTER, FILER, RESPONDER)),
        *(
            (interest, name)
            for name in ("Meadowlark Infant Care", "infant  care, Inc.", "Harbor and Vale", "granite coast")
        ),
    ],
)
def test_a_tie_to_requester_filer_or_responder_closes_every_door(
    world: World, reviewer1: User, clock: Clock, client_of: Callable, tied: Callable, name: str
) -> None:
    case = world.posted
    tied(reviewer1, name, clock)
    client, ref = client_of(reviewer1), case.reference
    before = AccessLog.objects.count()
    for address in (
        reverse("case", args=[ref]),
        reverse("case-document", args=[ref, world.secret_file.pk]),
        reverse("case-entry", args=[ref, "contact"]),
        reverse("case-finding", args=[ref, "availability"]),
        reverse("case-quarantine", args=[ref]),
    ):
        answer = client.get(address)
        assert answer.status_code == 403, address
        assert "may not act in this case" in answer.content.decode()
    assert not may_read_confidential(reviewer1, case, clock.now)
    assert case not in Petition.objects.all().visible_to(reviewer1, clock.now)
    assert AccessLog.objects.count() == before
    with pytest.raises(NotPermitted):
        contacts.log_contact(
            case, with_whom="Somebody", summary="A talk", held_on=clock.now.date(), by=reviewer1, at=clock.now
        )


@pytest.mark.parametrize("name", ["Meadow", "Infant Meadowlark", "Meadowlark Care", "Harbor Valet", "Granite Coasts"])
def test_a_name_that_is_not_whole_words_of_a_party_closes_none(
    world: World, reviewer1: User, clock: Clock, client_of: Callable, name: str
) -> None:
    interest(reviewer1, name, clock)
    assert client_of(reviewer1).get(reverse("case", args=[world.posted.reference])).status_code == 200
    assert world.posted in Petition.objects.all().visible_to(reviewer1, clock.now)


def test_a_name_that_many_companies_have_is_to_be_narrowed(reviewer1: User, clock: Clock, client_of: Callable) -> None:
    for count in range(interests.MOST_COMPANIES + 1):
        make_organization(f"Steel Works {count} Inc")
    with pytest.raises(Incomplete, match="more than 20 companies on file, such as Steel Works 0 Inc"):
        interest(reviewer1, "steel works", clock)
    with pytest.raises(Incomplete, match="only what kind of company"):
        interest(reviewer1, "Co. Ltd.", clock)
    client, page = client_of(reviewer1), reverse("review-interests")
    sent = {"name": "works 7", "nature": "Shares"}
    asked = client.post(page, sent)
    assert asked.status_code == 422
    words = asked.content.decode()
    assert "Companies on file have names like this one" in words
    assert "Steel Works 7 Inc" in words
    assert "No such company on file yet" in words
    assert not Interest.objects.exists()
    said = client.post(page, {**sent, "which": "Steel Works 7 Inc"}, follow=True).content.decode()
    assert "You no longer see or act in cases with Steel Works 7 Inc." in said
    assert Interest.objects.get().organization == Organization.objects.get(legal_name="Steel Works 7 Inc")


def test_a_free_name_is_declared_once_the_person_says_that_the_company_is_not_on_file(
    reviewer1: User, clock: Clock, client_of: Callable
) -> None:
    make_organization("Steel Works Inc")
    client, page = client_of(reviewer1), reverse("review-interests")
    sent = {"name": "Northern Steel", "nature": "Shares"}
    assert client.post(page, {**sent, "which": "Acme"}).status_code == 422, "what was not offered"
    assert client.post(page, {**sent, "which": "none"}).status_code == 302
    assert Interest.objects.get().organization is None
    assert client.post(page, {"name": "Quarry of Ohio", "nature": "Shares"}).status_code == 302, "nothing is like it"


def found_apart(declared: Interest, by: User, clock: Clock, name: str = REQUESTER) -> NotThem:
    """Record that a company is not the one of an interest."""
    return interests.record_not_them(declared, name=name, reason=ELSE, by=by, at=clock.now)


ELSE = "The register of Ohio shows another owner and another address."


def test_a_namesake_that_an_administrator_found_to_be_another_company_opens_its_cases(
    world: World, reviewer1: User, admin: User, clock: Clock, client_of: Callable
) -> None:
    declared = interest(reviewer1, "Infant Care", clock)
    address = reverse("case", args=[world.posted.reference])
    client = client_of(reviewer1)
    assert client.get(address).status_code == 403
    page = reverse("interest-not-them", args=[declared.pk])
    administrators = client_of(admin)
    assert REQUESTER in administrators.get(page).content.decode()
    assert administrators.post(page, {"name": REQUESTER, "reason": ""}).status_code == 422
    assert administrators.post(page, {"name": REQUESTER, "reason": ELSE}).status_code == 302
    assert client.get(address).status_code == 200
    assert world.posted in Petition.objects.all().visible_to(reviewer1, clock.now)
    event = Event.objects.get(kind="not_them")
    assert (event.subject, event.by, event.reason) == (f"user:{reviewer1.pk}", admin, ELSE)
    assert ELSE in administrators.get(page).content.decode()
    make_organization("Infant Care of Ohio LLC")
    assert "Infant Care of Ohio LLC" in administrators.get(page).content.decode(), "another one is still meant"


def test_another_responder_whose_name_holds_the_words_still_bars(
    world: World, reviewer1: User, admin: User, clock: Clock
) -> None:
    make_organization(RESPONDER)
    declared = interest(reviewer1, "Granite", clock)
    assert world.posted not in Petition.objects.all().visible_to(reviewer1, clock.now)
    found_apart(declared, admin, clock, RESPONDER)
    assert world.posted in Petition.objects.all().visible_to(reviewer1, clock.now)
    Response.objects.filter(petition=world.posted).update(organization_name=f"{RESPONDER} of Ohio")
    assert world.posted not in Petition.objects.all().visible_to(reviewer1, clock.now)


def test_nobody_finds_so_of_an_interest_of_their_own_or_that_they_declared(
    world: World, reviewer1: User, legal: User, admin: User, second_admin: User, clock: Clock, client_of: Callable
) -> None:
    declared = interests.declare(user=reviewer1, name="Infant Care", nature="Shares", by=admin, at=clock.now)
    for person in (reviewer1, legal, admin):
        with pytest.raises(NotPermitted):
            found_apart(declared, person, clock)
    with pytest.raises(Incomplete, match="is no company on file that this interest names"):
        found_apart(declared, second_admin, clock, "Any Other Co.")
    found_apart(declared, second_admin, clock)
    with pytest.raises(Incomplete, match="is no company on file"):
        found_apart(declared, second_admin, clock)
    exact = interests.declare(user=reviewer1, name=REQUESTER, nature="Shares", by=reviewer1, at=clock.now)
    with pytest.raises(WrongState, match="names a company on file"):
        found_apart(exact, second_admin, clock)
    assert world.posted not in Petition.objects.all().visible_to(reviewer1, clock.now)
    assert client_of(reviewer1).get(reverse("interest-not-them", args=[declared.pk])).status_code == 403


def test_a_letter_stays_shut_to_a_recused_reviewer(world: World, reviewer1: User, clock: Clock, client_of) -> None:
    address = reverse("case-letter", args=[world.denied.reference, world.letter.code])
    assert b"".join(client_of(reviewer1).get(address)).startswith(b"%PDF")
    interest(reviewer1, REQUESTER, clock)
    assert client_of(reviewer1).get(address).status_code == 403


def test_lists_and_their_counts_leave_the_case_out(world: World, cast: dict[str, User], clock: Clock) -> None:
    def seen(who: str) -> list[int]:
        user = cast[who]
        return [
            naming(worklist(user), "quartz" if who == "auditor" else "").count(),
            cases_of(Role.SIGNATORY, user).count(),
            granted_cases(user).count(),
            len(waiting_responses(user)),
            drafts_for_customs(user).count(),
        ]

    for who in ("intake", "reviewer1", "customs", "signatory", "auditor"):
        assert any(seen(who)), who
        interest(cast[who], REQUESTER, clock)
        assert not any(seen(who)), who


def test_the_admin_shows_the_administrator_no_case_with_a_tie(
    world: World, admin: User, clock: Clock, client_of
) -> None:
    client, changelist = client_of(admin), reverse("admin:exclusions_petition_changelist")
    assert world.posted.reference in client.get(changelist).content.decode()
    interest(admin, REQUESTER, clock)
    assert world.posted.reference not in client.get(changelist).content.decode()
    one = reverse("admin:exclusions_petition_change", args=[world.posted.pk])
    assert client.get(one).status_code == 302  # the admin sends to its start what is not there
    for name in ("letter", "decision"):
        page = client.get(reverse(f"admin:exclusions_{name}_changelist")).content.decode()
        assert world.denied.reference not in page


def test_an_interest_ends_the_assignment_and_ends_itself(
    world: World, reviewer1: User, clock: Clock, client_of: Callable
) -> None:
    held = Assignment.objects.create(petition=world.level1, user=reviewer1, role="reviewer1", assigned_at=clock.now)
    client = client_of(reviewer1)
    made = client.post(reverse("review-interests"), {"name": REQUESTER.upper(), "nature": "A former employer"})
    assert made.status_code == 302
    held.refresh_from_db()
    assert held.ended_at == clock.now
    declared = Interest.objects.get()
    assert declared.organization == Organization.objects.get(legal_name=REQUESTER)
    client.post(reverse("review-interest-end", args=[declared.pk]))
    assert client.get(reverse("case", args=[world.level1.reference])).status_code == 200


def test_only_the_person_or_an_administrator_keeps_interests(
    reviewer1: User, legal: User, admin: User, importer: User, clock: Clock, client_of: Callable
) -> None:
    with pytest.raises(NotPermitted):
        interests.declare(user=reviewer1, name="Any Co.", nature="Shares", by=legal, at=clock.now)
    with pytest.raises(ActionRefused):
        interests.declare(user=reviewer1, name=" ", nature="", by=reviewer1, at=clock.now)
    assert client_of(importer).get(reverse("review-interests")).status_code == 403
    client = client_of(admin)
    added = client.post(
        reverse("admin:exclusions_interest_add"), {"user": reviewer1.pk, "name": "Any Co.", "nature": "Shares"}
    )
    assert added.status_code == 302
    declared = Interest.objects.get()
    assert (declared.user, declared.declared_by) == (reviewer1, admin)
    assert client_of(legal).post(reverse("review-interest-end", args=[declared.pk])).status_code == 404


def test_an_interest_that_outlives_a_staff_role_opens_nothing(
    world: World, reviewer1: User, clock: Clock, client_of: Callable
) -> None:
    interest(reviewer1, REQUESTER, clock)
    User.objects.filter(pk=reviewer1.pk).update(role="")
    assert (
        client_of(User.objects.get(pk=reviewer1.pk)).get(reverse("petition", args=[world.posted.pk])).status_code == 404
    )
    assert not may_read_confidential(User.objects.get(pk=reviewer1.pk), world.posted, clock.now)


def test_the_receipt_of_one_client_stays_unknown_to_the_other(
    world: World, filer: User, rival: User, clock: Clock, client_of: Callable
) -> None:
    firm, other = filer.memberships.get().organization, rival.memberships.get().organization
    authorize(firm, other)
    receipt = ensure_letter(world.posted, "receipt", at=clock.now)
    assert receipt is not None
    address = reverse("petition-letter", args=[world.posted.pk, receipt.code])
    assert b"".join(client_of(filer).get(address)).startswith(b"%PDF")
    assert client_of(rival).get(address).status_code == 404


def test_an_interest_follows_a_company_that_is_merged_into_another(
    world: World, reviewer1: User, admin: User, second_admin: User, clock: Clock
) -> None:
    old = Organization.objects.get(legal_name=REQUESTER)
    interest(reviewer1, REQUESTER, clock)
    kept = make_organization("Meadowlark Infant Care, L.L.C.")
    by_two("merge", kept.pk, duplicate=str(old.pk), people=(admin, second_admin), at=clock.now)
    assert not may_read_confidential(reviewer1, Petition.objects.get(pk=world.posted.pk), clock.now)
    assert not worklist(reviewer1).exists()
