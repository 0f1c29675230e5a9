"""What a case is closed on without its merits, as the tests make it: an exclusion, an earlier petition, a return."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from exclusions.actions.filing import petitions
from exclusions.models import Petition, TariffAction, User
from tests.factories.answers import CERTIFIED, petition_answers
from tests.factories.tariff import exclude

WHY = "Its own words say that it is the same product."
LIST_3 = date(2018, 9, 24)


def covering(petition: Petition) -> Mapping[str, Any]:
    """Publish an exclusion of the petition's number that was in force on its filing day; return what names it."""
    action = TariffAction.objects.get(code="3")
    return {"exclusion": exclude(action, petition.hts10, LIST_3, None).reference}


def earlier(petition: Petition, by: User) -> Petition:
    """File the same petition a minute before, for the same organization."""
    assert petition.submitted_at
    return filed_before(petition, by, petition.submitted_at - timedelta(minutes=1))


def filed_before(petition: Petition, by: User, at: datetime, **answers: Any) -> Petition:
    """File a petition of the same organization in the same round at a moment."""
    made = petitions.start(
        round=petition.round,
        organization=petition.organization,
        by=by,
        at=at,
        answers=petition_answers() | answers,
    )
    return petitions.submit(made, by=by, at=at, certified=CERTIFIED)
