"""How a case is compared with like ones, on the pages of entries: the comparison, and the confirming of a departure."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms

from exclusions.actions.review import reviews
from exclusions.forms.casework.consistency import ConsistencyForm, DepartureForm
from exclusions.forms.casework.recommendation import UnlikeForm
from exclusions.models import Petition, Recommendation, User
from exclusions.permissions.agreement import adoption
from exclusions.permissions.conclusions import LEVEL2, latest
from exclusions.permissions.consistency import to_distinguish
from exclusions.permissions.likes.departing import departures_in
from exclusions.permissions.likes.groups import LikeGroup, like_groups
from exclusions.permissions.likes.recommended import RESULT, Concluded
from exclusions.permissions.likes.referred import proposed, to_answer
from exclusions.queries.casework.case.case_page import CasePage
from exclusions.queries.casework.case.case_rows import CONCLUSIONS, may_have, read_entries
from exclusions.queries.casework.case.passages import Passage, passages, public_answers
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
        before=proposed(petition),
        reference=str(petition.reference),
        passages=public_answers(petition, is_down=may_have(petition, "quarantines")) if asked else {},
        responses=responses_to(petition, asked),
    )


def answers_in(page: CasePage) -> list[Passage]:
    """Return what may be cited of the public answers that a page of a case has read anyhow."""
    return list(passages(page.petition.round, page.public, (), ()).values())


def unlike_form(page: CasePage, results: Sequence[LikeGroup]) -> UnlikeForm | None:
    """Return the form in which level 2 says something of like cases with another result, of which level 1 said
    nothing; None where there are none, or at another desk.
    """
    found = adoption(page.petition)
    if not results or found is None or not isinstance(found.row, Recommendation) or found.desk != LEVEL2:
        return None
    mine = Concluded(RESULT[found.row.outcome], tuple(found.codes))
    if not to_answer(page.petition, results, mine, 2):
        return None
    form = UnlikeForm()
    form.offer_unlike(answers_in(page))
    return form


def departure_form(petition: Petition, sent: Any, user: User) -> forms.Form:
    """Return the form in which counsel or the signatory confirms what a case departs from."""
    last = latest(petition.consistency_reviews.all())
    return DepartureForm(sent, rows=departures_in(last), review=last.pk if last else None)
