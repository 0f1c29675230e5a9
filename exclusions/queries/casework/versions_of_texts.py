"""The versions of a product text beside each other, and what Customs is told where it read an older one."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from exclusions.hts import dotted
from exclusions.models import CustomsOpinion, ProductDraft
from exclusions.wording.differences import Piece, differences
from exclusions.workflow.deadlines import in_words


@dataclass(frozen=True)
class Beside:
    """Two versions that follow one another, their words marked where they differ, and the opinion on the older one."""

    before: ProductDraft
    after: ProductDraft
    left: list[Piece]
    right: list[Piece]
    opinion: CustomsOpinion | None

    @property
    def another_number(self) -> bool:
        """Whether the number changed, too."""
        return self.before.number != self.after.number


def beside(drafts: Iterable[ProductDraft], opinions: Iterable[CustomsOpinion] = ()) -> list[Beside]:
    """Return each version of a text beside the next one, the newest on top. Asks nothing of the database."""
    given = {opinion.draft_id: opinion for opinion in opinions}
    ordered = sorted(drafts, key=lambda draft: draft.version)
    return [
        Beside(before, after, *differences(before.text, after.text), given.get(before.pk))
        for before, after in reversed(list(pairwise(ordered)))
    ]


def newer_version(draft: ProductDraft, latest: ProductDraft | None) -> str:
    """Return the sentence for an opinion on a text that is no longer the newest: which one is, and since when."""
    if latest is None:
        return "This text no longer exists. Nothing was recorded."
    return (
        f"You read version {draft.version}. Version {latest.version} ({dotted(latest.number)}) replaced it on "
        f"{in_words(latest.drafted_at)}. Read that one and give your opinion on it. We kept your text."
    )
