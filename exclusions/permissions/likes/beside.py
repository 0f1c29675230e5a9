"""Two like cases side by side: whoever compares them returns either, where both are under review and stand otherwise.

It is for another level 2 reviewer than those of the two cases, who is kept from neither; to whoever may not know what
the other comes to, it is no such case, whatever that is.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from exclusions.models import Petition, Recommendation, User
from exclusions.permissions.conclusions import conclusions, latest
from exclusions.permissions.likes.groups import LikeGroup, likes_of, otherwise
from exclusions.permissions.likes.recommended import RESULT, Concluded
from exclusions.permissions.likes.settled import unsettled
from exclusions.permissions.standing import standing_of

NOT_UNLIKE = "No like case that you may compare stands otherwise now. Open the two cases side by side again."
SETTLED = "What sets the two cases apart is on record. Neither waits for the other, and neither has to go back."
OWN = "You made the level 2 recommendation of the other case. Another level 2 reviewer has to compare the two."
NAMED = (
    "The reason names {name}. Whoever reads this record may not know of that case. Say what in this record has to be "
    "judged again."
)
REFERENCE = re.compile(r"\b[A-Z]+-\d{4}-\d{4}-\d{6}\b")


def unlike_beside(petition: Petition, user: User, other: str) -> LikeGroup | None:
    """Return the group in which a like case under review stands otherwise, as far as the person may know; or None."""
    made = list(conclusions(petition).values())
    if not made or not other:
        return None
    mine = Concluded(RESULT[made[-1].outcome], tuple(made[-1].codes))
    groups = otherwise(likes_of(petition, user).groups, mine.result, mine.codes)
    return next((group for group in groups if group.recommended and other in group.references), None)


def unlike_named(petition: Petition, user: object, at: datetime, data: Mapping[str, Any] | None) -> list[str]:
    """A like case under review that stands otherwise is named (`beside`), which the person may compare it with; and the
    reason names no other case.
    """
    if data is None or not isinstance(user, User):
        return []
    name = str(data.get("beside") or "")
    group = unlike_beside(petition, user, name)
    if group is None:
        return [NOT_UNLIKE]
    review = latest(petition.consistency_reviews.all())
    if not unsettled(petition, review.likes if review else (), [replace(group, references=(name,))]):
        return [SETTLED]
    other = Petition.objects.select_related("round", "organization", "filer_organization").get(reference=name)
    if kept := standing_of(user, other, at).kept_from_acting:
        return kept
    found = REFERENCE.findall(str(data.get("reason") or ""))
    named = [NAMED.format(name=one) for one in dict.fromkeys(found) if one != petition.reference]
    return [OWN, *named] if _of_level2(name) == user.pk else named


def _of_level2(reference: str) -> int | None:
    """Return who recommended last at level 2 of a case."""
    rows = Recommendation.objects.filter(petition__reference=reference, level=2)
    return rows.order_by("made_at", "pk").values_list("made_by", flat=True).last()
