"""A merge is confirmed while a petition of the organization is filed: the petition is filed, whoever was first."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

import pytest
from django.db import connection, transaction

from exclusions.actions.filing import petitions
from exclusions.actions.people import proposals
from exclusions.errors import Conflict
from exclusions.models import Organization, Petition, Proposal, User
from exclusions.workflow.states import Status
from tests.depth import so_many
from tests.factories.answers import CERTIFIED
from tests.factories.people import make_organization, make_person
from tests.factories.petitions import Journey
from tests.integration.casework.test_two_reviewers_race import at_once
from tests.waiting import PATIENCE, eventually

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
ROUNDS = so_many(6, 24)
WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted AND pid <> pg_backend_pid()"


@dataclass
class Turn:
    """One draft of an organization that is proposed to be merged into another."""

    draft: Petition
    owner: User
    merge: Proposal
    stays: Organization
    goes: Organization
    second: User
    at: datetime

    def confirm(self) -> Proposal:
        """Confirm the merge."""
        return proposals.confirm(self.merge, by=self.second, at=self.at)

    def submit(self) -> Petition:
        """File the draft."""
        return petitions.submit(self.draft, by=self.owner, at=self.at, certified=CERTIFIED)

    def check(self) -> None:
        """The petition is filed, and has moved with all else."""
        self.draft.refresh_from_db()
        self.goes.refresh_from_db()
        assert (self.draft.status, self.draft.organization) == (Status.SUBMITTED, self.stays)
        assert self.draft.reference
        assert (self.goes.merged_into, self.goes.petitions.count()) == (self.stays, 0)


@pytest.fixture
def turn(cast: dict[str, User], second_admin: User, journey: Callable[..., Journey]) -> Callable[[int], Turn]:
    """Return `turn(number)`: a new pair of organizations with a draft."""

    def begin(number: int) -> Turn:
        case = journey()
        stays, goes = make_organization(f"Acme {number} Inc."), make_organization(f"Acme {number} LLC")
        owner = make_person(f"Ada Number{number}", organization=goes)
        Petition.objects.filter(pk=case.petition.pk).update(organization=goes)
        merge = proposals.propose(
            "merge", stays.pk, by=cast["admin"], at=case.at, reason="The same.", facts={"duplicate": str(goes.pk)}
        )
        return Turn(case.petition, owner, merge, stays, goes, second_admin, case.at)

    return begin


def test_a_petition_filed_at_the_moment_of_a_merge_is_filed(turn: Callable[[int], Turn]) -> None:
    for number in range(ROUNDS):
        now = turn(number)
        filed, merged = at_once(now.submit, now.confirm)
        assert isinstance(filed, Petition), filed
        if not isinstance(merged, Proposal):
            assert isinstance(merged, Conflict), merged
            assert "is being filed or changed right now, so nothing was moved" in merged.reasons[0]
            now.confirm()
        now.check()


def test_a_petition_that_waits_for_a_merge_to_end_is_filed_then(turn: Callable[[int], Turn]) -> None:
    for number in range(4):
        now, holds, go_on = turn(number), threading.Event(), threading.Event()

        def confirm_slowly(now: Turn = now, holds: threading.Event = holds, go_on: threading.Event = go_on) -> None:
            try:
                with transaction.atomic():
                    now.confirm()
                    holds.set()
                    assert go_on.wait(PATIENCE)
            finally:
                connection.close()

        def submit(now: Turn = now) -> None:
            try:
                now.submit()
            finally:
                connection.close()

        with ThreadPoolExecutor(2) as pool:
            merging = pool.submit(confirm_slowly)
            assert holds.wait(PATIENCE)
            filing = pool.submit(submit)
            eventually(_somebody_waits, "the filing waits for the merge")
            go_on.set()
            merging.result()
            filing.result()
        now.check()


def _somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        return bool(cursor.fetchone()[0])
