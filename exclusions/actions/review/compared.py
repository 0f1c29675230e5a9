"""What a consistency review keeps of the cases that it compared with."""

from collections.abc import Sequence
from datetime import datetime

from exclusions.actions.record.many.batch import Batch
from exclusions.actions.review.apart import Apart, citations, look_through_named
from exclusions.errors import Incomplete
from exclusions.models import Petition, User
from exclusions.permissions.conclusions import latest
from exclusions.permissions.consistency import distinction_faults, distinction_of, to_distinguish
from exclusions.permissions.likes.cited import Cited
from exclusions.permissions.likes.groups import LikeGroup, Likes
from exclusions.permissions.likes.settled import as_row, note_standing
from exclusions.queries.casework.case.passages import passages_of
from exclusions.queries.casework.other_cases import OtherCases


def must_be_stored(petition: Petition, references: Sequence[str], others: OtherCases) -> None:
    """Raise Incomplete for a reference that is no case of the store, live or historical, or the petition's own.

    `others` are the cases that have been read for however many are compared at once.
    """
    known = others.stored(references)
    wrong = [text for text in references if text not in known or text == petition.reference]
    if wrong:
        sentence = f"Not a petition to compare with: {', '.join(wrong)}."
        raise Incomplete.beside("compared_with", sentence)


def compared(
    petition: Petition, likes: Likes, said: Apart, *, by: User, at: datetime, batch: Batch | None
) -> list[dict[str, object]]:
    """Return the like cases as the record keeps them, with what distinguishes the petition from them.

    What is for all, under "", is of the groups alone that have to be answered. What was recorded before of cases that
    are hidden from this person stays. Raises Incomplete, with the fields, and Repeats.
    """
    asked, offered = to_distinguish(petition, likes.groups)
    # Words that nothing asks for are refused of one case; of many, they answer those that have other results.
    faults = distinction_faults(asked, said.words, offered) if asked or batch is None else {}
    words = {group.key: distinction_of(group, said.words) for group in asked}
    words |= {group.key: (said.words.get(group.key) or "").strip() for group in offered}
    answered, others = [group for group in [*asked, *offered] if words[group.key]], batch.others if batch else None
    cites: dict[str, list[Cited]] = {}
    if answered and not faults:
        public = batch.passages(petition) if batch else passages_of(petition, whole=False)
        others = others or OtherCases()
        cites, faults = citations(petition, answered, said, public, others)
    if faults:
        raise Incomplete(*(sentence for found in faults.values() for sentence in found), fields=faults)
    if others:
        look_through_named(petition, answered, words, cites, others, by=by, at=at)
    note_standing(petition, (one for found in cites.values() for one in found))
    rows = [as_row(group, words.get(group.key, ""), cites.get(group.key, ())) for group in likes.groups]
    departs = {group.key for group in answered if said.departs_from(group)}
    rows = [{**row, "departs": True} if row["key"] in departs else row for row in rows]
    return [*rows, *_still_hidden(petition, likes)]


def _still_hidden(petition: Petition, likes: Likes) -> list[dict[str, object]]:
    """Return what the review before said of cases of which the person may not know the result."""
    last = latest(petition.consistency_reviews.all())
    told = [row for row in last.likes if row["distinction"] and row.get("recommended")] if last and likes.hidden else []
    return [row for row in told if likes.hidden.intersection(row["references"])]


def in_short(groups: Sequence[LikeGroup]) -> str:
    """Return what is recorded for somebody who agrees and types nothing."""
    if not groups:
        return "No like case is on file."
    counted = "; ".join(f"{group.label}: {len(group.references):,}" for group in groups)
    return f"Compared with the like cases. {counted}."
