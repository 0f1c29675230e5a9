"""What levels 1 and 2 say of like cases with another result than theirs: what sets the case apart, a departure that
they propose, or why they refer the difference to the consistency review, which settles it either way.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from exclusions.models import Petition, Recommendation
from exclusions.permissions.conclusions import latest
from exclusions.permissions.likes.groups import LikeGroup, otherwise, with_result
from exclusions.permissions.likes.recommended import RESULT, Concluded
from exclusions.permissions.likes.settled import unsettled
from exclusions.workflow.outcomes import opposed

Row = dict[str, Any]


def to_answer(petition: Petition, groups: Iterable[LikeGroup], mine: Concluded, level: int) -> list[LikeGroup]:
    """Return the like cases with another result than the one for which a level is about to conclude, which nothing on
    record sets apart; not those of which level 1 said something when it concluded alike.
    """
    different = otherwise(groups, mine.result, mine.codes)
    if not different:
        return []
    review = latest(petition.consistency_reviews.all())
    told = _told_by_level1(petition, mine) if level == 2 else set()
    left = unsettled(petition, review.likes if review else (), different)
    asked = [(one.group, tuple(name for name in one.references if name not in told)) for one in left]
    return [replace(group, references=names) for group, names in asked if names]


def _told_by_level1(petition: Petition, mine: Concluded) -> set[str]:
    last = _last(petition, 1)
    if last is None or opposed(RESULT[last.outcome], mine.result):
        return set()
    return {name for row in last.unlike for name in row["references"]}


def _last(petition: Petition, level: int) -> Recommendation | None:
    return latest(row for row in petition.recommendations.all() if row.level == level)


def _rows_said(petition: Petition) -> Iterator[tuple[Recommendation, Row]]:
    """Yield what the levels said when they concluded last, level 2 before level 1."""
    for level in (2, 1):
        last = _last(petition, level)
        for row in last.unlike if last else ():
            yield last, row  # type: ignore[misc]


def proposed(petition: Petition) -> list[Row]:
    """Return what the levels propose for the consistency review, as its own rows, after what it said itself where it
    was made later. No statement where the record has been read.
    """
    review, rows = latest(petition.consistency_reviews.all()), [*_rows_said(petition)]
    new = [row for made, row in rows if row["distinction"] and (review is None or made.made_at > review.made_at)]
    return [*new, *(review.likes if review else ())]


@dataclass(frozen=True)
class Referred:
    """A difference that a level left to the consistency review."""

    level: int
    by: str
    words: str
    reason: str


def referred(petition: Petition, groups: Iterable[LikeGroup]) -> list[Referred]:
    """Return the differences that the levels referred, as far as they are about these groups: those of which their
    reader knows the result.
    """
    known = {name for group in with_result(groups) for name in group.references}
    return [
        Referred(made.level, str(made.made_by), f"{row['label']} ({row['words']})", row["refers"])
        for made, row in _rows_said(petition)
        if row.get("refers") and known.issuperset(row["references"])
    ]
