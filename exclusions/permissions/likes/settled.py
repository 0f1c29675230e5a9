"""What is settled between a case and a like one with another result: what sets them apart stands on record.

It counts for both sides, whoever's record it is on, and for later cases with that result on the same docket, until what
it cites is gone. Words that cite nothing, as were taken before distinctions had to, count on the record of a decided
case alone.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from exclusions.models import ConsistencyReview, Petition
from exclusions.permissions.conclusions import latest
from exclusions.permissions.likes.cited import Cited, fallen
from exclusions.permissions.likes.groups import LikeGroup
from exclusions.workflow.outcomes import GRANTS


@dataclass(frozen=True)
class Said:
    """The words that set a case apart from like ones: with which result, on which docket, and which they were.

    `later`: live ones were among them, so that those count that come to the same result afterwards. `cites`: what shows
    it on either side. `departs`: nothing sets it apart; it departs from what was decided of these, and of no others.
    """

    words: str
    grants: bool
    docket: str
    references: frozenset[str]
    later: bool
    cites: tuple[Cited, ...] = ()
    departs: bool = False

    @classmethod
    def in_likes(cls, likes: Iterable[Mapping[str, Any]]) -> "list[Said]":
        """Return what the rows of a consistency review say."""
        return [
            cls(
                row["distinction"],
                row["outcome"] in GRANTS,
                str(row.get("docket", "")),
                frozenset(row["references"]),
                bool(row.get("live")) and not row.get("departs"),
                Cited.in_row(row),
                bool(row.get("departs")),
            )
            for row in likes
            if row["distinction"]
        ]

    def answers(self, reference: str, docket: str, *, grants: bool, live: bool) -> bool:
        """Say whether the words are about a like case with such a result."""
        if grants != self.grants:
            return False
        return reference in self.references or (self.later and live and docket == self.docket)


def as_row(group: LikeGroup, distinction: str, cites: Iterable[Cited]) -> dict[str, object]:
    """Return a group of like cases as the record keeps it, with what distinguishes a petition from it."""
    return {
        "key": group.key,
        "label": group.label,
        "words": group.summary,
        "outcome": group.outcome,
        "references": list(group.references),
        "distinction": distinction,
        "docket": group.docket,
        "live": bool(group.live),
        "recommended": group.recommended,
        "cites": [one.as_row for one in cites],
    }


@dataclass(frozen=True)
class Unsettled:
    """Like cases of a group that nothing on record sets apart; `fell` are citations, in words, that did until now."""

    group: LikeGroup
    references: tuple[str, ...]
    fell: tuple[str, ...] = ()


def own_words(said: Iterable[Said], group: LikeGroup, reference: str) -> Said | None:
    """Return what sets a case apart from one of a group, by the record of the case, or None."""
    return next(_about(said, group, reference), None)


def _about(said: Iterable[Said], group: LikeGroup, reference: str) -> Iterator[Said]:
    grants, live = group.outcome in GRANTS, reference in group.live
    about = (one for one in said if one.answers(reference, group.docket, grants=grants, live=live))
    return (one for one in about if not (one.departs and group.recommended))


def their_words(petition: Petition, groups: Mapping[str, LikeGroup]) -> dict[str, Said]:
    """Return what the record of like cases says sets them apart from a petition, by their references, where it holds.

    `groups` are theirs, each with another result than the petition's. One statement, and those of `fallen`; none where
    that has been read.
    """
    found = _theirs(petition, groups)
    gone = _Gone(petition).among(one for rows in found.values() for one in rows)
    return _standing(found, groups, gone)


def _theirs(petition: Petition, groups: Mapping[str, LikeGroup]) -> dict[str, list[Said]]:
    reviewed = _reviews(petition, [name for name, group in groups.items() if name in group.reviewed])
    docket, found = petition.round.docket, {}
    for name, group in groups.items():
        grants = group.outcome not in GRANTS  # the petition's own result
        rows = reviewed.get(name, ())
        about = [one for one in rows if one.answers(str(petition.reference), docket, grants=grants, live=True)]
        if about:
            found[name] = about
    return found


def _standing(
    found: Mapping[str, Sequence[Said]], groups: Mapping[str, LikeGroup], gone: Set[Cited]
) -> dict[str, Said]:
    holding = {name: _holding(rows, gone, decided=not groups[name].recommended) for name, rows in found.items()}
    return {name: rows[0] for name, rows in holding.items() if rows}


def _holding(said: Iterable[Said], gone: Set[Cited], *, decided: bool, departs: bool = False) -> list[Said]:
    """Return what still holds: of an undecided case only what cites something, all of which is there. `departs`: a
    departure counts, which others confirm.
    """
    counted = (one for one in said if decided or one.cites or (departs and one.departs))
    return [one for one in counted if gone.isdisjoint(one.cites)]


def unsettled(petition: Petition, likes: Iterable[Mapping[str, Any]], groups: Iterable[LikeGroup]) -> list[Unsettled]:
    """Return the references of groups with another result that nothing on record sets apart; those groups alone.

    `likes` are the rows of the petition's own review.
    """
    groups, said, lost = list(groups), Said.in_likes(likes), _Gone(petition)
    holds = _holding(said, lost.among(said) if groups else set(), decided=False, departs=True)
    open_ = [(group, [name for name in group.references if not own_words(holds, group, name)]) for group in groups]
    asked = {name: group for group, names in open_ for name in names}
    found = _theirs(petition, asked)
    gone = lost.among([*(said if asked else ()), *(one for rows in found.values() for one in rows)])
    theirs, left = _standing(found, asked, gone), []
    for group, names in open_:
        missing = tuple(name for name in names if name not in theirs)
        about = [one for name in missing for one in (*_about(said, group, name), *found.get(name, ()))]
        fell = dict.fromkeys(cited for one in about for cited in one.cites if cited in gone)
        if missing:
            left.append(Unsettled(group, missing, tuple(one.as_read_on(str(petition.reference)) for one in fell)))
    return left


_KNOWN = "reviews_of_likes"
_STANDS = "citations_of_likes"


def share_reviews(petitions: Iterable[Petition]) -> None:
    """Let these petitions read the reviews of like cases, and what is gone of what they cite, once for all of them."""
    known: dict[str, list[Said]] = {}
    stands: dict[Cited, bool] = {}
    reviews = []
    for petition in petitions:
        petition.looked_up.update({_KNOWN: known, _STANDS: stands})
        reviews.append(latest(petition.consistency_reviews.all()))
    cited = {one for review in reviews if review for said in Said.in_likes(review.likes) for one in said.cites}
    lost = fallen(cited)
    stands.update({one: one not in lost for one in cited})


def note_standing(petition: Petition, cites: Iterable[Cited]) -> None:
    """Remember of citations that were looked up at this moment that they are there."""
    if _STANDS in petition.looked_up:
        petition.looked_up[_STANDS].update(dict.fromkeys(cites, True))


class _Gone:
    """Which citations are not public any more; each is looked up once, for all petitions that share what is read."""

    def __init__(self, petition: Petition) -> None:
        self._stands: dict[Cited, bool] = petition.looked_up.get(_STANDS, {})

    def among(self, said: Iterable[Said]) -> set[Cited]:
        """Return what is gone of that which these cite."""
        cited = {one for row in said for one in row.cites}
        if new := cited - self._stands.keys():
            lost = fallen(new)
            self._stands.update({one: one not in lost for one in new})
        return {one for one in cited if not self._stands[one]}


def _reviews(petition: Petition, references: Sequence[str]) -> Mapping[str, list[Said]]:
    """Return what the last consistency review of each of these cases says."""
    known: dict[str, list[Said]] = petition.looked_up.get(_KNOWN, {})
    missing = [name for name in references if name not in known]
    if missing:
        known.update({name: [] for name in missing})
        rows = ConsistencyReview.objects.filter(petition__reference__in=missing).order_by("made_at", "pk")
        for name, likes in rows.values_list("petition__reference", "likes"):
            known[str(name)] = Said.in_likes(likes)
    return known
