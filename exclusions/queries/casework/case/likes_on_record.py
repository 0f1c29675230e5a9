"""Like cases on the page of a case: those with a result, and what a review says of them, as far as its reader may know
what is recommended of them.
"""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any

from exclusions.models import ConsistencyReview, Petition, Recommendation, User
from exclusions.permissions.likes.groups import LikeGroup, like_groups, remember_likes, with_result
from exclusions.permissions.likes.recommended import undecided
from exclusions.workflow.roles import Role
from exclusions.workflow.states import Status

# On whose page of the case they stand.
_COMPARES = {Status.LEVEL1: Role.REVIEWER1, Status.LEVEL2: Role.REVIEWER2, Status.CONSISTENCY: Role.REVIEWER2}


def results_for(petition: Petition, user: User) -> list[LikeGroup]:
    """Return the like cases that have a result, for the reviewers whose move it is; none for others."""
    if user.role != _COMPARES.get(Status(petition.status)):
        return []
    remember_likes(petition, user)
    return with_result(like_groups(petition, user))


@dataclass(frozen=True)
class Compared:
    """What levels 1 and 2 recommend, and the consistency reviews: all that says something of like cases."""

    recommendations: Sequence[Recommendation]
    reviews: Sequence[ConsistencyReview]


def as_known(
    made: Sequence[Recommendation], reviews: Sequence[ConsistencyReview], petition: Petition, user: User
) -> Compared:
    """Return the recommendations and reviews of a page without their rows on like cases under review of which the
    person may not know the recommendation. One statement where there may be such rows, else none.
    """
    rows = [row for review in reviews for row in review.likes if row["distinction"]]
    rows += [row for one in made for row in one.unlike]
    names = {name for row in rows if row.get("recommended") for name in row["references"]}
    if not names or not getattr(petition, "results_hidden", True):  # as `find_case` has marked it
        return Compared(made, reviews)
    waiting = undecided(Petition.objects.filter(reference__in=names).values("pk"), user)
    hidden = {one.reference for one in waiting.values() if one.hidden}
    known = Compared([copy(one) for one in made], [copy(one) for one in reviews])
    for one in known.recommendations:
        one.unlike = _known(one.unlike, hidden)
    for review in known.reviews:
        review.likes = _known(review.likes, hidden)
    return known


def _known(rows: list[dict[str, Any]], hidden: set[str]) -> list[dict[str, Any]]:
    return [row for row in rows if not (row.get("recommended") and hidden.intersection(row["references"]))]
