"""How levels 1 and 2 answer like cases with another result than theirs: one of three, chosen by whoever concludes."""

from dataclasses import dataclass
from datetime import datetime

from exclusions.actions.record.many.batch import Batch
from exclusions.actions.review.apart import Apart, citations, look_through_named
from exclusions.checks.substance import lacks_substance
from exclusions.errors import Incomplete
from exclusions.models import Petition, User
from exclusions.permissions.likes.groups import LikeGroup, likes_of
from exclusions.permissions.likes.recommended import Concluded
from exclusions.permissions.likes.referred import to_answer
from exclusions.permissions.likes.settled import as_row
from exclusions.queries.casework.case.passages import passages_of
from exclusions.queries.casework.other_cases import OtherCases

WAYS = "cite on both sides what sets this case apart, propose a departure, or refer the difference and say why"
ONE_WAY = "You propose a departure and refer the difference as well. Choose one of the two."
NEEDLESS = "No like case has another result. Put these words under the reasons."


@dataclass(frozen=True)
class Unlike:
    """What a level says of like cases that stand otherwise: words, and what they are.

    What is cited on either side sets the case apart; or a departure is proposed (`departs`), or the difference left to
    the consistency review (`refers`), for the reason that the words give.
    """

    unlike: str = ""
    ours: str = ""
    theirs: str = ""
    departs: bool = False
    refers: bool = False


NOTHING_SAID = Unlike()


def answered(
    petition: Petition, said: Unlike, mine: Concluded, level: int, *, by: User, at: datetime, batch: Batch | None
) -> list[dict[str, object]]:
    """Return what a level that is about to conclude keeps of like cases with another result, as the person may know
    them; nothing where there is none. Raises Incomplete with the fields of `Unlike`, and Repeats.
    """
    groups, words = to_answer(petition, likes_of(petition, by).groups, mine, level), said.unlike.strip()
    if not groups:
        if words and batch is None:
            raise Incomplete.beside("unlike", NEEDLESS)
        return []
    _require_a_way(groups, said, words)
    if said.refers:
        return [{**as_row(group, "", ()), "refers": words} for group in groups]
    public = batch.passages(petition) if batch else passages_of(petition, whole=False)
    others = batch.others if batch else OtherCases()
    apart = Apart({"": words}, {"": [said.ours]}, {"": said.theirs}, [""] if said.departs else [])
    cites, faults = citations(petition, groups, apart, public, others)
    if faults:
        beside = {"departs" if side == "way" else side: found for side, found in faults.items()}
        raise Incomplete(*(one for found in faults.values() for one in found), fields=beside)
    look_through_named(petition, groups, dict.fromkeys((group.key for group in groups), words), cites, others,
                       by=by, at=at)  # fmt: skip
    rows = [(group, as_row(group, words, cites.get(group.key, ()))) for group in groups]
    return [{**row, "departs": True} if apart.departs_from(group) else row for group, row in rows]


def _require_a_way(groups: list[LikeGroup], said: Unlike, words: str) -> None:
    if said.departs and said.refers:
        raise Incomplete.beside("refers", ONE_WAY)
    if not words:
        asked = [f"{group.label} ({group.summary}): {WAYS}." for group in groups]
        raise Incomplete(*asked, fields={"unlike": asked})
    if found := lacks_substance(words):
        raise Incomplete.beside("unlike", found)
