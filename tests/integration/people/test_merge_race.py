"""A merge is confirmed while a petition of the organization is being filed: the petition is filed, the merge waits."""

from collections.abc import Callable

import pytest

from exclusions.actions.filing import petitions
from exclusions.actions.people import proposals
from exclusions.errors import Conflict
from exclusions.models import Petition, Proposal, User
from exclusions.workflow.states import Status
from tests.factories.answers import CERTIFIED
from tests.factories.people import make_organization, make_person
from tests.factories.petitions import Journey
from tests.integration.agency.test_two_reviewers_race import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
ROUNDS = 24


def test_a_petition_filed_during_a_merge_is_filed_and_none_is_lost(
    cast: dict[str, User], second_admin: User, journey: Callable[..., Journey]
) -> None:
    waited = 0
    for turn in range(ROUNDS):
        case = journey()
        at, draft = case.at, case.petition
        stays, goes = make_organization(f"Acme {turn} Inc."), make_organization(f"Acme {turn} LLC")
        owner = make_person(f"Ada Number{turn}", organization=goes)
        Petition.objects.filter(pk=draft.pk).update(organization=goes)
        merge = proposals.propose(
            "merge", stays.pk, by=cast["admin"], at=at, reason="The same.", facts={"duplicate": str(goes.pk)}
        )

        def confirm(merge: Proposal = merge, at: object = at) -> Proposal:
            return proposals.confirm(merge, by=second_admin, at=at)  # type: ignore[arg-type]

        def submit(draft: Petition = draft, by: User = owner, at: object = at) -> Petition:
            return petitions.submit(draft, by=by, at=at, certified=CERTIFIED)  # type: ignore[arg-type]

        filed, merged = at_once(submit, confirm)
        assert isinstance(filed, Petition), filed
        if not isinstance(merged, Proposal):
            assert isinstance(merged, Conflict), merged
            assert "is being filed or changed at this moment, so the merge waits" in merged.reasons[0]
            waited += 1
            confirm()
        draft.refresh_from_db()
        assert (draft.status, draft.organization) == (Status.SUBMITTED, stays)
        assert draft.reference
        goes.refresh_from_db()
        assert (goes.merged_into, goes.petitions.count()) == (stays, 0)
    print(f"{waited} of {ROUNDS} merges waited")
