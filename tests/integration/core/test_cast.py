"""The cast stands on the stage: the fixtures themselves."""

from exclusions.models import Round, User
from exclusions.models.organization import Authorization
from exclusions.workflow.roles import STAFF


def test_every_staff_role_has_somebody(cast: dict[str, User]) -> None:
    assert {user.role for user in cast.values() if user.role} == {role.value for role in STAFF}


def test_only_the_filer_may_act_for_the_importer(cast: dict[str, User], list3: Round) -> None:
    firms = {grant.filer for grant in Authorization.objects.valid_on(list3.opens_at.date())}
    assert {m.organization for m in cast["filer"].memberships.all()} == firms
