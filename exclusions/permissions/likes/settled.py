"""What is settled between a case and a like one with another result: what sets them apart stands on record.

It counts for both sides, whoever's record it is on, and for later cases with that result on the same docket.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from exclusions.models import ConsistencyReview, Petition
from exclusions.permissions.likes.groups import LikeGroup
from exclusions.workflow.outcomes import GRANTS


@dataclass(frozen=True)
class Said:
    """The words that set a case apart from like ones: with which result, on which docket, and which they were.

    `later`: live ones were among them, so that those count that come to the same result afterwards.
    """

    words: str
    grants: bool
    docket: str
    references: frozenset[str]
    later: bool

    @classmethod
    def in_likes(cls, likes: Iterable[Mapping[str, Any]]) -> "list[Said]":
        """Return what the rows of a consistency review say."""
        return [
            cls(
                row["distinction"],
                row["outcome"] in GRANTS,
                str(row.get("docket", "")),
                frozenset(row["references"]),
                bool(row.get("live")),
            )
            for row in likes
            if row["distinction"]
        ]

    def answers(self, reference: str, docket: str, *, grants: bool, live: bool) -> bool:
        """Say whether the words are about a like case with such a result."""
        if grants != self.grants:
            return False
        return reference in self.references or (self.later and live and docket == self.docket)


def own_words(said: Sequence[Said], group: LikeGroup, reference: str) -> str:
    """Return the words that set a case apart from one of a group, "" where none do."""
    grants, live = group.outcome in GRANTS, reference in group.live
    return next((one.words for one in said if one.answers(reference, group.docket, grants=grants, live=live)), "")


def their_words(petition: Petition, groups: Mapping[str, LikeGroup]) -> dict[str, str]:
    """Return what the record of like cases says sets them apart from a petition, by their references.

    `groups` are theirs, each with another result than the petition's. One statement, or none where it has been read.
    """
    reviewed = _reviews(petition, [name for name, group in groups.items() if name in group.reviewed])
    found = {}
    for name, group in groups.items():
        grants = group.outcome not in GRANTS  # the petition's own result
        for one in reviewed.get(name, ()):
            if one.answers(str(petition.reference), petition.round.docket, grants=grants, live=True):
                found[name] = one.words
                break
    return found


def unsettled(
    petition: Petition, likes: Iterable[Mapping[str, Any]], groups: Iterable[LikeGroup]
) -> list[tuple[LikeGroup, list[str]]]:
    """Return the references of groups with another result that nothing on record sets apart; those groups alone.

    `likes` are the rows of the petition's own review.
    """
    said = Said.in_likes(likes)
    open_ = [(group, [name for name in group.references if not own_words(said, group, name)]) for group in groups]
    theirs = their_words(petition, {name: group for group, names in open_ for name in names})
    left = [(group, [name for name in names if name not in theirs]) for group, names in open_]
    return [(group, names) for group, names in left if names]


_KNOWN = "reviews_of_likes"


def share_reviews(petitions: Iterable[Petition]) -> None:
    """Let these petitions read the reviews of like cases once for all of them."""
    known: dict[str, list[Said]] = {}
    for petition in petitions:
        petition.__dict__[_KNOWN] = known


def _reviews(petition: Petition, references: Sequence[str]) -> Mapping[str, list[Said]]:
    """Return what the last consistency review of each of these cases says."""
    known: dict[str, list[Said]] = vars(petition).get(_KNOWN, {})
    missing = [name for name in references if name not in known]
    if missing:
        known.update({name: [] for name in missing})
        rows = ConsistencyReview.objects.filter(petition__reference__in=missing).order_by("made_at", "pk")
        for name, likes in rows.values_list("petition__reference", "likes"):
            known[str(name)] = Said.in_likes(likes)
    return known
