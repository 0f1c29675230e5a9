"""What a consistency review keeps of the cases that it compared with."""

from collections.abc import Mapping, Sequence

from exclusions.errors import Incomplete
from exclusions.facts.like_cases import LikeGroup
from exclusions.models import Petition, StoredCase
from exclusions.permissions.consistency import distinction_of


def must_be_stored(petition: Petition, references: Sequence[str]) -> None:
    """Raise Incomplete for a reference that is no case of the store, live or historical, or the petition's own."""
    known = set(StoredCase.objects.filter(reference__in=references).values_list("reference", flat=True))
    wrong = [text for text in references if text not in known or text == petition.reference]
    if wrong:
        sentence = f"Not a petition to compare with: {', '.join(wrong)}."
        raise Incomplete(sentence, fields={"compared_with": [sentence]})


def recorded(
    group: LikeGroup, said: Mapping[str, str], different: Sequence[LikeGroup], others: Sequence[LikeGroup]
) -> dict[str, object]:
    """Return a group of like cases as the record keeps it, with the words that distinguish the petition from it.

    `said` are the words by group; those for all, under "", are of the groups of `different` alone.
    """
    return {
        "key": group.key,
        "label": group.label,
        "words": group.summary,
        "outcome": group.outcome,
        "references": list(group.references),
        "distinction": _distinction(group, said, different, others),
    }


def _distinction(
    group: LikeGroup, said: Mapping[str, str], different: Sequence[LikeGroup], others: Sequence[LikeGroup]
) -> str:
    if group in different:
        return distinction_of(group, said)
    return (said.get(group.key) or "").strip() if group in others else ""


def in_short(groups: Sequence[LikeGroup]) -> str:
    """Return what is recorded for somebody who agrees and types nothing."""
    if not groups:
        return "No like case is on file."
    counted = "; ".join(f"{group.label}: {len(group.references):,}" for group in groups)
    return f"Compared with the like cases. {counted}."
