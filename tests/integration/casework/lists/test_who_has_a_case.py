"""Who has a case now: whoever has the seat of the status in which it stands, at every door that says so."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

import pytest
from django.http import QueryDict
from django.test import Client

from exclusions.forms.casework.worklist import WorklistFilter
from exclusions.models import Assignment, Petition, User
from exclusions.permissions.standing import holder, standing_of
from exclusions.queries.casework.case.case_head import case_head
from exclusions.queries.casework.case.case_page import CasePage
from exclusions.queries.casework.due_work import newly_due, target_day, work_of
from exclusions.queries.casework.lists.next_case import longest_waiting, own_longest, present_loads
from exclusions.queries.casework.lists.team import loads, unassigned_count
from exclusions.queries.casework.lists.worklist import COLUMNS, Row, by_assignee, rows, worklist
from exclusions.queries.casework.targets import targets
from exclusions.workflow.roles import Role
from exclusions.workflow.states import Status
from tests.factories.cast import SignedIn
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
MINE, THEIRS, NOBODYS = "mine", "theirs", "nobody’s"


class Asked(NamedTuple):
    """A case, a person of its desk and a colleague, and the moment at which a door is asked."""

    case: Petition
    user: User
    colleague: User
    at: datetime

    def one_of(self, person: User | None) -> str:
        """Return whose the case is."""
        return NOBODYS if person is None else MINE if person.pk == self.user.pk else THEIRS

    def left_by(self, **filters: str) -> bool:
        """Whether the filters of the worklist leave the case."""
        asked = QueryDict("&".join(f"{name}={value}" for name, value in filters.items()))
        found = WorklistFilter(asked, worklist(self.user), user=self.user, at=self.at, targets=targets())
        return found.qs.filter(pk=self.case.pk).exists()


def row_of(asked: Asked, user: User) -> Row:
    """Return the row of the case in a person's worklist."""
    read = worklist(user).filter(pk=asked.case.pk).values_list(*COLUMNS)
    return rows(read, user, asked.at, targets())[0]


def auditor() -> User:
    """Return an auditor, who reads the list of all cases."""
    return make_person("Ann Audit", role=Role.AUDITOR)


def in_the_list(asked: Asked) -> str:
    """Return whose the case is, as its row says it."""
    row = row_of(asked, asked.user)
    return MINE if row.mine else THEIRS if row.assignee else NOBODYS


def by_name(asked: Asked, name: str | None) -> str:
    """Return whose the case is, of the name that a door gives."""
    return {asked.user.full_name: MINE, asked.colleague.full_name: THEIRS}.get(name or "", NOBODYS)


def in_the_filters(asked: Asked) -> str:
    """Return whose the case is, as the filters of the list leave it: under one of three names alone."""
    left = {
        MINE: asked.left_by(whose="mine"),
        THEIRS: asked.left_by(whose=str(asked.colleague.pk)),
        NOBODYS: asked.left_by(whose="unassigned"),
    }
    return " and ".join(name for name, there in left.items() if there)


def in_the_figures(counted: Mapping[int, int], asked: Asked) -> str:
    """Return whose the case is, as figures by person count it."""
    mine, theirs = counted.get(asked.user.pk, 0), counted.get(asked.colleague.pk, 0)
    return {(1, 0): MINE, (0, 1): THEIRS, (0, 0): NOBODYS}[mine, theirs]


def of_the_team(asked: Asked) -> str:
    """Return whose the case is, by the lead's figures; they count what nobody has, too."""
    found = in_the_figures({load.person.pk: load.open for load in loads(asked.user.role, asked.at, {})}, asked)
    assert (found == NOBODYS) == (unassigned_count(asked.user.role) == 1)
    return found


def over_target(asked: Asked) -> str:
    """Return whose the case is, by what each is told to be over its target; "new" is what nobody has."""
    day = target_day(asked.case, targets())
    assert day is not None
    late = asked.at + timedelta(days=(day - asked.at.date()).days + 5)
    told = {person.pk: len(work_of(person, late).over) for person in (asked.user, asked.colleague)}
    assert work_of(asked.user, asked.case.status_since + timedelta(hours=1)).new == (not any(told.values()))
    return in_the_figures(told, asked)


def told_on_the_day(asked: Asked) -> str:
    """Return whose the case is, by who is told on the day of its target."""
    day = target_day(asked.case, targets())
    assert day is not None
    return in_the_figures({row.user_id: 1 for row in newly_due(day)}, asked)


def to_be_given(asked: Asked) -> str:
    """Return whose the case is, by who could be given it next: what somebody has is given to nobody."""
    if asked.case.pk in longest_waiting(asked.user, asked.at):
        return NOBODYS
    return MINE if own_longest(asked.user, asked.at) else THEIRS


def at_its_page(asked: Asked, client: Client) -> str:
    """Return whose the case is, by what its page offers."""
    page = client.get(f"/review/{asked.case.reference}/").content.decode()
    offers = {MINE: "Give it back", THEIRS: "Take it over", NOBODYS: "Take this case"}
    return " and ".join(name for name, words in offers.items() if words in page)


DOORS: dict[str, Callable[[Asked], str]] = {
    "the gate": lambda asked: asked.one_of(getattr(holder(asked.case, asked.user.role), "user", None)),
    "the head of the case": lambda asked: by_name(asked, case_head(CasePage(asked.case, asked.user, asked.at)).holder),
    "the page of the case": lambda asked: at_its_page(asked, SignedIn(asked.user)),
    "the list": in_the_list,
    "the auditor's list": lambda asked: by_name(asked, row_of(asked, auditor()).assignee),
    "the list's filters": in_the_filters,
    "the list's order": lambda asked: by_name(asked, by_assignee(worklist(asked.user)).get(pk=asked.case.pk).holder),
    "the order of the auditor's list": lambda asked: by_name(
        asked,
        by_assignee(worklist(auditor())).get(pk=asked.case.pk).holder,
    ),
    "the lead's figures": of_the_team,
    "who has how much": lambda asked: in_the_figures(present_loads(asked.user.role, asked.at), asked),
    "what is over its target": over_target,
    "the day of the target": told_on_the_day,
    "the next case": to_be_given,
}
# The seats in which the person and the colleague were put, by status, and whose the case is.
CASES: dict[str, tuple[Status, Role, str, str, str]] = {
    "nobody was put there": (Status.LEVEL2, Role.REVIEWER2, "", "", NOBODYS),
    "the person has it": (Status.LEVEL2, Role.REVIEWER2, "reviewer2", "", MINE),
    "the colleague has it": (Status.LEVEL2, Role.REVIEWER2, "", "reviewer2", THEIRS),
    "the person had it at level 2": (Status.CONSISTENCY, Role.REVIEWER2, "reviewer2", "", NOBODYS),
    "the colleague had it at level 2": (Status.CONSISTENCY, Role.REVIEWER2, "", "reviewer2", NOBODYS),
    "the person compares it": (Status.CONSISTENCY, Role.REVIEWER2, "consistency", "reviewer2", MINE),
    "the colleague compares it": (Status.CONSISTENCY, Role.REVIEWER2, "reviewer2", "consistency", THEIRS),
    "the colleague compared it": (Status.LEVEL2, Role.REVIEWER2, "reviewer2", "consistency", MINE),
    "level 1 has it": (Status.LEVEL1, Role.REVIEWER1, "reviewer1", "", MINE),
    "counsel has it": (Status.LEGAL, Role.LEGAL, "", "legal", THEIRS),
    "it stands with counsel": (Status.LEGAL, Role.LEGAL, "", "reviewer2", NOBODYS),
}


@pytest.mark.parametrize("which", CASES)
@pytest.mark.parametrize("door", DOORS)
def test_every_door_says_of_a_case_whose_it_is(
    door: str, which: str, petition_in: Callable[[Status], Petition]
) -> None:
    status, role, own, other, whose = CASES[which]
    case = petition_in(Status.LEVEL1)
    user, colleague = make_person("Una User", role=role), make_person("Carl Colleague", role=role)
    since = case.status_since + timedelta(days=1)
    Petition.objects.filter(pk=case.pk).update(status=status, status_since=since)
    for person, place in ((user, own), (colleague, other)):
        if place:
            Assignment.objects.create(petition=case, user=person, role=place, assigned_at=since)
    case = Petition.objects.select_related("round", "organization", "filer_organization").get(pk=case.pk)
    assert not standing_of(user, case, since).kept_from_acting
    assert DOORS[door](Asked(case, user, colleague, since + timedelta(hours=1))) == whose
