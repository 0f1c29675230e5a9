"""Like cases on the page of a case: those with a result, and what a review says of them, as far as its reader may know
what is recommended of them.
"""

from collections.abc import Sequence

from exclusions.models import ConsistencyReview, Petition, User
from exclusions.permissions.consistency import with_another_result
from exclusions.permissions.likes.groups import LikeGroup, like_groups, remember_likes, with_result
from exclusions.permissions.likes.recommended import undecided
from exclusions.workflow.roles import Role
from exclusions.workflow.states import Status

# On whose page of the case they stand. Level 2 reads them where it recommends, and when it has agreed.
_COMPARES = {Status.LEVEL1: Role.REVIEWER1, Status.CONSISTENCY: Role.REVIEWER2}


def results_for(petition: Petition, user: User) -> list[LikeGroup]:
    """Return the like cases that have a result, for the reviewers whose move it is; none for others."""
    if user.role != _COMPARES.get(Status(petition.status)):
        return []
    remember_likes(petition, user)
    return with_result(like_groups(petition, user))


def unlike_words(petition: Petition, user: User) -> str:
    """Return the sentence that tells who concluded how like cases with another result stand, "" where none has."""
    unlike = with_another_result(petition, like_groups(petition, user))
    if not unlike:
        return ""
    return (
        f"Like cases stand otherwise: {'; '.join(group.label for group in unlike)}. The consistency review settles it."
    )


def as_known(reviews: Sequence[ConsistencyReview], petition: Petition, user: User) -> list[ConsistencyReview]:
    """Return reviews that were read for a page without what they say of cases that are still under review, and of which
    the person may not know what is recommended. One statement where that may be, else none.
    """
    rows = [row for review in reviews for row in review.likes if row.get("recommended") and row["distinction"]]
    names = {name for row in rows for name in row["references"]}
    if not names or not getattr(petition, "results_hidden", True):  # as `find_case` has marked it
        return list(reviews)
    waiting = undecided(Petition.objects.filter(reference__in=names).values("pk"), user)
    hidden = {one.reference for one in waiting.values() if one.hidden}
    for review in reviews:
        review.likes = [
            row for row in review.likes if not (row.get("recommended") and hidden.intersection(row["references"]))
        ]
    return list(reviews)
