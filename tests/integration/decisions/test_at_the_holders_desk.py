"""Who holds a case at the desk where it stands, and what a return of a petition is measured by."""

from collections.abc import Callable

import pytest

from exclusions.models import Assignment, Cure, User
from exclusions.permissions.cures import changed_since_return, last_cure
from exclusions.permissions.standing import held_by_another, holder, standing_of
from exclusions.workflow.roles import Role
from tests.factories.people import make_person
from tests.factories.petitions import Journey

pytestmark = pytest.mark.django_db
Start = Callable[..., Journey]


def test_a_case_is_held_by_who_has_it_now_at_the_desk_where_it_stands(
    level1_once: Journey, cast: dict[str, User]
) -> None:
    case = level1_once
    petition = case.petition
    other = make_person("Rhea Reviewer", role=Role.REVIEWER1)
    Assignment.objects.filter(petition=petition, ended_at__isnull=True).update(ended_at=case.at)

    def told(user: object) -> str:
        held = standing_of(user, petition, case.at) if isinstance(user, User) else standing_of(None, petition, case.at)
        return held_by_another(petition, user, held)

    assert holder(petition, Role.REVIEWER1) is None
    assert told(other) == ""
    facts = {"petition": petition, "role": Role.REVIEWER1, "assigned_at": case.at}
    Assignment.objects.create(user=other, ended_at=case.at, **facts)
    assert holder(petition, Role.REVIEWER1) is None
    mine = Assignment.objects.create(user=cast["reviewer1"], **facts)
    assert holder(petition, Role.REVIEWER1) == mine
    assert told(cast["reviewer1"]) == ""
    assert told(other).startswith(f"{cast['reviewer1']} has this case.")
    assert [told(cast[name]) for name in ("intake", "importer", "auditor")] == ["", "", ""]
    assert told(None) == ""


def test_a_return_is_that_of_the_petition_and_measured_by_what_is_open(journey: Start) -> None:
    first, second = journey(), journey()
    returned = first.take("submit", "return")
    assert last_cure(second.take("submit")) is None
    second.take("return", "resubmit", "return")
    assert Cure.objects.count() == 3
    cure = last_cure(returned)
    assert cure is not None
    assert cure.petition_id == returned.pk
    assert changed_since_return(returned) == []
    open_version = returned.versions.get(sealed_at__isnull=True)
    open_version.answers = open_version.answers | {"product_description": "Slabs of another thickness and size."}
    open_version.save(update_fields=["answers"])
    assert changed_since_return(returned) == ["product_description"]
    assert changed_since_return(second.petition) == []
