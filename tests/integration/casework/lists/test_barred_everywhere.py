"""Who may judge a case: whatever keeps a person from it keeps it from them at every door, and nothing else does."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict

from exclusions.forms.casework.search import CaseSearch
from exclusions.models import Interest, NotThem, Organization, Petition, Recusal, Response, StoredCase, User
from exclusions.models.interest import spoken_name
from exclusions.permissions.standing import Standing, standing_as_read, standing_of, standings, what_keeps
from exclusions.queries.casework.barred import barred_keys, unseen_keys
from exclusions.queries.casework.lists import search
from exclusions.queries.casework.lists.worklist import worklist
from exclusions.workflow.roles import Role
from exclusions.workflow.states import Status
from tests.factories.dockets import make_response
from tests.factories.people import join, make_organization, make_person

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.both_databases("The keys of what bars are put into statements by hand, in the words of each database."),
]
FIRM, RESPONDER = "Northern Customs Brokers", "Granite Coast Surfaces"


def judges(held: Standing) -> bool:
    """Whether a standing is that of a member of staff whom nothing bars."""
    return Role.REVIEWER1 in held.roles and not held.barred


def plainly_found(user: User, case: Petition) -> bool:
    """Whether a search by what is chosen alone finds the case."""
    asked = CaseSearch(QueryDict(f"kind=live&docket={case.round.docket}"), search.cases_of(user))
    return case.reference in [one.reference for one in search.of_page(asked.ordered[: search.PAGE_SIZE])]


def in_statement(sql: Callable[..., str], user: User, case: Petition) -> bool:
    """Whether the case is left by keys that are written into a statement by hand."""
    values: dict[str, object] = {"case": Petition._meta.pk.get_db_prep_value(case.pk, connection)}
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH barred (id) AS ({sql(user, None, values)}) SELECT COUNT(*) FROM barred WHERE id = %(case)s", values
        )
        return bool(cursor.fetchone()[0] == 0)


DOORS: dict[str, Callable[[User, Petition, datetime], bool]] = {
    "one case": lambda user, case, at: judges(standing_of(user, case, at)),
    "several cases": lambda user, case, at: judges(standings(user, [case], at)[case.pk]),
    "a case as it was read": lambda user, case, at: judges(
        standing_as_read(user, Petition.objects.annotate(**what_keeps(user)).get(pk=case.pk))
    ),
    "petitions": lambda user, case, at: Petition.objects.all().open_to(user).filter(pk=case.pk).exists(),
    "petitions read whole": lambda user, case, at: (
        Petition.objects.all().visible_to(user, at).filter(pk=case.pk).exists()
    ),
    "keys": lambda user, case, at: (
        case.pk not in {row["petition_id"] for row in Petition.objects.all().barred_keys(user)}
    ),
    "the store": lambda user, case, at: StoredCase.objects.open_to(user).filter(petition=case).exists(),
    "the search": lambda user, case, at: search.cases_of(user).filter(petition=case).exists(),
    "the plain search": lambda user, case, at: plainly_found(user, case),
    "the worklist": lambda user, case, at: worklist(user).filter(pk=case.pk).exists(),
    "the sums of clusters": lambda user, case, at: in_statement(barred_keys, user, case),
    "the cases around one": lambda user, case, at: in_statement(unseen_keys, user, case),
}


def step_back(user: User, case: Petition, at: datetime) -> None:
    """Step back from the case."""
    Recusal.objects.create(petition=case, user=user, reason="A friend.", declared_at=at)


def step_back_and_return(user: User, case: Petition, at: datetime) -> None:
    """Step back from the case for a while."""
    Recusal.objects.create(petition=case, user=user, reason="A friend.", declared_at=at, ended_at=at)


def have_written_it_down(user: User, case: Petition, at: datetime) -> None:
    """Have filed it for the requester, at its request."""
    Petition.objects.filter(pk=case.pk).update(assisted_by=user, assisted_request="A letter.")


def belong_to_the_requester(user: User, case: Petition, at: datetime) -> None:
    """Have a place in the organization."""
    join(user, case.organization)


def belong_to_the_firm(user: User, case: Petition, at: datetime) -> None:
    """Have a place in the firm that filed."""
    firm = make_organization(FIRM, kind=Organization.Kind.LAW_FIRM)
    Petition.objects.filter(pk=case.pk).update(filer_organization=firm)
    join(user, firm)


def belong_to_another(user: User, case: Petition, at: datetime) -> None:
    """Have a place elsewhere."""
    join(user, make_organization("Somebody Else"))


def declare(
    user: User, name: str, at: datetime, organization: Organization | None = None, *, ended: bool = False
) -> None:
    """Declare an interest, that is over where it is said."""
    over = {"ended_at": at, "ended_by": user} if ended else {}
    Interest.objects.create(
        user=user, organization=organization, name=name, nature="shares", declared_at=at, declared_by=user, **over
    )


def words_of(case: Petition) -> str:
    """Return the first words of the requester’s name, without a legal suffix: no company on file has just these."""
    return " ".join(spoken_name(case.organization.legal_name)[:1])


def declare_and_find_apart(user: User, name: str, other: str, at: datetime) -> None:
    """Declare an interest by words that a company’s name holds, which is found to be another one."""
    declare(user, name, at)
    by = make_person("Avery Other", role="admin")
    NotThem.objects.create(
        interest=Interest.objects.get(), name=other, reason="Another owner.", recorded_by=by, recorded_at=at
    )


def respond(case: Petition, at: datetime, status: str) -> None:
    """Let somebody have responded, whatever became of it."""
    given = make_response(case, None)
    withdrawn_at = at if status == Response.Status.WITHDRAWN else None
    Response.objects.filter(pk=given.pk).update(status=status, withdrawn_at=withdrawn_at)


WAYS: dict[str, tuple[bool, Callable[[User, Petition, datetime], object]]] = {
    "nothing": (True, lambda user, case, at: None),
    "a place elsewhere": (True, belong_to_another),
    "stepped back": (False, step_back),
    "stepped back and returned": (True, step_back_and_return),
    "wrote it down": (False, have_written_it_down),
    "a place with the requester": (False, belong_to_the_requester),
    "a place with the firm": (False, belong_to_the_firm),
    "an interest in the organization": (False, lambda user, case, at: declare(user, "Shares", at, case.organization)),
    "an interest by name": (False, lambda user, case, at: declare(user, case.organization.legal_name.upper(), at)),
    "an interest by words of the name": (False, lambda user, case, at: declare(user, words_of(case), at)),
    "an interest by words of the name of another company": (
        True,
        lambda user, case, at: declare_and_find_apart(user, words_of(case), case.organization.legal_name, at),
    ),
    "an interest by words of the name, another company apart": (
        False,
        lambda user, case, at: declare_and_find_apart(
            user, words_of(case), f"{case.organization.legal_name} of Ohio", at
        ),
    ),
    "an interest that ended": (
        True,
        lambda user, case, at: declare(user, case.organization.legal_name, at, case.organization, ended=True),
    ),
    **{
        f"an interest in a responder: {status}": (
            status == Response.Status.UNCONFIRMED,
            lambda user, case, at, status=status: (respond(case, at, status), declare(user, RESPONDER.upper(), at)),
        )
        for status in Response.Status.values
    },
}


@pytest.mark.parametrize("way", WAYS)
def test_what_bars_a_person_bars_them_at_every_door(
    way: str, petition_in: Callable[[Status], Petition], reviewer1: User
) -> None:
    case = petition_in(Status.LEVEL1)
    at, (may, happens) = case.status_since, WAYS[way]
    happens(reviewer1, case, at)
    case = Petition.objects.select_related("round", "organization", "filer_organization").get(pk=case.pk)
    assert {door: ask(reviewer1, case, at) for door, ask in DOORS.items()} == dict.fromkeys(DOORS, may)


def test_a_tie_is_looked_up_for_many_cases_as_for_one(
    petition_in: Callable[[Status], Petition], reviewer1: User, django_assert_num_queries: Callable[[int], Any]
) -> None:
    cases = [petition_in(Status.SUBMITTED) for _ in range(3)]
    at = cases[0].status_since
    for number, case in enumerate(cases):  # each came by the hands of another firm
        firm = make_organization(f"{FIRM} {number}", kind=Organization.Kind.LAW_FIRM)
        Petition.objects.filter(pk=case.pk).update(filer_organization=firm)
    declare(reviewer1, f"{FIRM} 2", at)
    asked = list(Petition.objects.filter(pk__in=[case.pk for case in cases]).order_by("filer_organization__legal_name"))
    with django_assert_num_queries(5):  # what keeps them, their ties, the requesters, the firms, who responded
        of_each = standings(reviewer1, asked, at)
    assert [bool(of_each[case.pk].tie) for case in asked] == [False, False, True]
