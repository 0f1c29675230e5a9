"""How a case is compared with like ones, on the pages of entries: the comparison, and the confirming of a departure."""

from datetime import datetime
from typing import Any

from django import forms

from exclusions.actions.review import reviews
from exclusions.forms.casework.consistency import ConsistencyForm, DepartureForm
from exclusions.models import Petition, User
from exclusions.permissions.conclusions import latest
from exclusions.permissions.consistency import to_distinguish
from exclusions.permissions.likes.departing import departures_in
from exclusions.permissions.likes.groups import like_groups
from exclusions.queries.casework.case.case_rows import CONCLUSIONS, may_have, read_entries
from exclusions.queries.casework.case.passages import public_answers
from exclusions.queries.casework.other_cases import responses_to


def save_consistency(petition: Petition, form: forms.Form, by: User, at: datetime, seen: int | None) -> object:
    """Record what a form says of like cases."""
    assert isinstance(form, ConsistencyForm)
    return reviews.record_consistency(petition, **form.entered, by=by, at=at, seen=seen)


def consistency_form(petition: Petition, sent: Any, user: User) -> forms.Form:
    """Return the form of the comparison with like cases, as the person may know them."""
    read_entries(petition, [*CONCLUSIONS, "consistency_reviews"])
    groups = like_groups(petition, user)
    different, others = to_distinguish(petition, groups)
    asked = [*different, *others]
    return ConsistencyForm(
        sent,
        groups=groups,
        different=different,
        others=others,
        last=latest(petition.consistency_reviews.all()),
        reference=str(petition.reference),
        passages=public_answers(petition, is_down=may_have(petition, "quarantines")) if asked else {},
        responses=responses_to(petition, asked),
    )


def departure_form(petition: Petition, sent: Any, user: User) -> forms.Form:
    """Return the form in which counsel or the signatory confirms what a case departs from."""
    last = latest(petition.consistency_reviews.all())
    return DepartureForm(sent, rows=departures_in(last), review=last.pk if last else None)
