"""At whose desk a case stands: what waits for a role, at every door that lists or counts cases.

Each door is asked of one case in every status, which nobody has or, where figures are by person, a colleague.
"""

import ast
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

import pytest
from django.http import QueryDict

from exclusions.actions.casework.saved_views import save_view
from exclusions.forms.casework.worklist import WorklistFilter
from exclusions.models import Assignment, Petition, Response, StageTarget, User
from exclusions.queries.casework.due_work import work_of
from exclusions.queries.casework.lists.next_case import longest_waiting
from exclusions.queries.casework.lists.short_worklists import cases_of, waiting_to_sign
from exclusions.queries.casework.lists.team import loads, unassigned_count
from exclusions.queries.casework.lists.worklist import worklist
from exclusions.queries.casework.targets import targets
from exclusions.queries.list_pages import ListPages
from exclusions.workflow.roles import Role
from exclusions.workflow.seats import SEATS
from exclusions.workflow.states import Status
from tests.architecture.source import product
from tests.factories.cast import SignedIn
from tests.factories.dockets import make_response
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
# The cases that wait for a role; of intake those alone that are open to responses and have one that waits.
DESKS: dict[Role, set[Status]] = {
    Role.INTAKE: {Status.SUBMITTED},
    Role.REVIEWER1: {Status.LEVEL1},
    Role.REVIEWER2: {Status.LEVEL2, Status.CONSISTENCY},
    Role.LEGAL: {Status.LEGAL},
    Role.DRAFTER: {Status.DRAFTING},
    Role.COMMITTEE: {Status.COMMITTEE},
    Role.SIGNATORY: {Status.SIGNATURE},
    Role.PUBLISHER: {Status.GRANTED},
}


class Asked(NamedTuple):
    """A case that nobody has, a person, and the moment at which a door is asked."""

    case: Petition
    user: User
    at: datetime

    @property
    def role(self) -> Role:
        """The person's role."""
        return Role(self.user.role)


def on_the_page(asked: Asked, query: str = "") -> bool:
    """Whether a page of the person's worklist shows the case."""
    return f"/review/{asked.case.reference}/" in SignedIn(asked.user).get(f"/review/?{query}").content.decode()


def by_its_status(asked: Asked) -> bool:
    """Whether the list that is narrowed to the status of the case has it."""
    address = QueryDict(f"status={asked.case.status}")
    found = WorklistFilter(address, worklist(asked.user), user=asked.user, at=asked.at, targets=targets())
    return found.qs.filter(pk=asked.case.pk).exists()


def in_a_kept_view(asked: Asked) -> bool:
    """Whether a view that the person keeps has the case."""
    view = save_view(name="Mine", query="sort=-since", shared=False, by=asked.user, at=asked.at)
    return on_the_page(asked, view.query)


def of_a_colleague(asked: Asked, counted: Callable[[User], int]) -> bool:
    """Whether a figure counts the case for a colleague to whom it is given for a moment."""
    colleague = make_person("Carl Colleague", role=asked.role)
    place = SEATS.get(Status(asked.case.status), asked.role)
    given = Assignment.objects.create(petition=asked.case, user=colleague, role=place, assigned_at=asked.at)
    found = counted(colleague)
    Assignment.objects.filter(pk=given.pk).update(ended_at=asked.at)
    return found == 1


def of_the_lead(asked: Asked) -> bool:
    """Whether the lead's figures count the case for whoever has it."""
    return of_a_colleague(asked, lambda one: {load.person: load.open for load in loads(asked.role, asked.at, {})}[one])


def over_target(asked: Asked) -> bool:
    """Whether whoever has the case is told that it is over its target."""
    return of_a_colleague(asked, lambda one: len(work_of(one, asked.at + timedelta(days=900)).over))


DOORS: dict[str, Callable[[Asked], bool]] = {
    "the list": lambda asked: worklist(asked.user).filter(pk=asked.case.pk).exists(),
    "the page": on_the_page,
    "the count of the page": lambda asked: ListPages(worklist(asked.user), 40, None).number_counted == 1,
    "the filter by status": by_its_status,
    "a kept view": in_a_kept_view,
    "the next case": lambda asked: asked.case.pk in longest_waiting(asked.user, asked.at),
    "what is new": lambda asked: work_of(asked.user, asked.at).new == 1,
    "what nobody has": lambda asked: unassigned_count(asked.role) == 1,
    "what each has": of_the_lead,
    "what is over its target": over_target,
}
# Who else asks which statuses are a role's, and what for.
RULES = frozenset({"statuses_for", "worklist_of"})
ASKING = {
    "actions.casework.next_case": "Under the lock: whether the case is still at the desk that was given it.",
    "actions.casework.team": "Targets that a lead sets are those of the statuses of the team.",
    "forms.casework.clusters": "Clusters at a desk are those with a case in its statuses.",
    "forms.casework.worklist": "What is over its target is looked for in the statuses of the list.",
    "permissions": "Who is not at the desk of a case returns it beside an unlike one, whoever has it.",
    "permissions.case_entries": "A desk that has the case keeps others of it from entries; elsewhere nobody has it.",
    "queries.casework.due_work": "Who is told on the day: of those who have the case, the people of the desk.",
    "queries.casework.lists.next_case": "Whether the desk compares cases; which of its statuses have targets.",
    "queries.casework.lists.team": "Which of the desk's statuses have targets.",
    "queries.casework.lists.worklist": "The rule.",
    "views.casework.team": "The targets that the lead's page shows.",
    "views.casework.worklist": "The statuses that the filter offers.",
    "workflow.states": "The table.",
}
# Lists of one desk alone.
OWN_DOORS: dict[Role, Callable[[Asked], bool]] = {
    Role.LEGAL: lambda asked: cases_of(Role.LEGAL, asked.user).filter(pk=asked.case.pk).exists(),
    Role.SIGNATORY: lambda asked: waiting_to_sign(asked.user).filter(pk=asked.case.pk).exists(),
}


def answers(case: Petition, user: User) -> dict[str, set[Status]]:
    """Return in which statuses each door says that the case stands at the person's desk."""
    doors = DOORS | ({"the own list": OWN_DOORS[Role(user.role)]} if user.role in OWN_DOORS else {})
    found: dict[str, set[Status]] = {door: set() for door in doors}
    StageTarget.objects.bulk_create(
        StageTarget(of_status=status, days=1, set_by=user, set_at=case.status_since) for status in Status
    )
    for status in Status:
        Petition.objects.filter(pk=case.pk).update(status=status)
        for door, ask in doors.items():
            read = Petition.objects.select_related("round", "organization").get(pk=case.pk)
            if ask(Asked(read, user, case.status_since + timedelta(hours=1))):
                found[door].add(status)
    return found


@pytest.mark.parametrize("role", DESKS)
def test_every_door_says_of_a_case_at_whose_desk_it_stands(
    role: Role, petition_in: Callable[[Status], Petition]
) -> None:
    case, user = petition_in(Status.LEVEL1), make_person("Una User", role=role)
    found = answers(case, user)
    assert found == dict.fromkeys(found, DESKS[role])


def test_a_case_that_is_open_to_responses_is_at_intake_where_one_waits_to_be_posted(
    petition_in: Callable[[Status], Petition],
) -> None:
    case, user = petition_in(Status.LEVEL1), make_person("Una User", role=Role.INTAKE)
    Response.objects.filter(pk=make_response(case, None).pk).update(status=Response.Status.SUBMITTED)
    found = answers(case, user)
    assert found == {door: {Status.SUBMITTED, Status.POSTED, Status.REPLYING} for door in found}


def test_the_auditor_looks_through_all_but_drafts(petition_in: Callable[[Status], Petition]) -> None:
    case, user = petition_in(Status.LEVEL1), make_person("Ann Audit", role=Role.AUDITOR)
    for status in Status:
        Petition.objects.filter(pk=case.pk).update(status=status)
        asked = Asked(Petition.objects.get(pk=case.pk), user, case.status_since)
        looks = {DOORS[door](asked) for door in ("the list", "the page", "the count of the page")}
        assert looks == {status != Status.DRAFT}, status


def test_whoever_asks_which_statuses_are_at_a_desk_is_known_here() -> None:
    asking = {
        source.name.removeprefix("exclusions.")
        for source in product()
        if any(RULES & {getattr(node, "id", ""), getattr(node, "attr", "")} for node in ast.walk(source.tree))
    }
    assert asking == set(ASKING), "a module that asks it anew is a door of this test, or has its reason here"
