"""What a consistency review keeps of the cases that it compared with."""

from collections.abc import Mapping, Sequence

from exclusions.errors import Incomplete
from exclusions.models import Petition, StoredCase
from exclusions.permissions.conclusions import latest
from exclusions.permissions.consistency import distinction_faults, distinction_of, to_distinguish
from exclusions.permissions.likes.groups import LikeGroup, Likes


def must_be_stored(petition: Petition, references: Sequence[str]) -> None:
    """Raise Incomplete for a reference that is no case of the store, live or historical, or the petition's own."""
    known = set(StoredCase.objects.filter(reference__in=references).values_list("reference", flat=True))
    wrong = [text for text in references if text not in known or text == petition.reference]
    if wrong:
        sentence = f"Not a petition to compare with: {', '.join(wrong)}."
        raise Incomplete(sentence, fields={"compared_with": [sentence]})


def compared(petition: Petition, likes: Likes, said: Mapping[str, str], *, singly: bool) -> list[dict[str, object]]:
    """Return the like cases as the record keeps them, with the words that distinguish the petition from them.

    `said` are the words by group; those for all, under "", are of the groups alone that have to be answered. What was
    recorded before of cases that are hidden from this person stays. Raises Incomplete, with the fields.
    """
    asked, offered = to_distinguish(petition, likes.groups)
    # Words that nothing asks for are refused of one case; of many, they answer those that have other results.
    faults = distinction_faults(asked, said, offered) if asked or singly else {}
    if faults:
        raise Incomplete(*(sentence for found in faults.values() for sentence in found), fields=faults)
    words = {group.key: distinction_of(group, said) for group in asked}
    words |= {group.key: (said.get(group.key) or "").strip() for group in offered}
    rows = [_recorded(group, words.get(group.key, "")) for group in likes.groups]
    return [*rows, *_still_hidden(petition, likes)]


def _recorded(group: LikeGroup, distinction: str) -> dict[str, object]:
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
    }


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
