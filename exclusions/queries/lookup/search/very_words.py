"""Exclusions and petitions that name goods in the very words that were typed: they come before everything else."""

from collections.abc import Collection, Sequence
from itertools import islice

from exclusions.goods.asked import Asked
from exclusions.models.public import PublicPetition
from exclusions.queries.lookup.search.hits import Hit
from exclusions.queries.lookup.search.other_hits import PETITION_COLUMNS, petition_hits_of
from exclusions.queries.public.docket import NEWEST_FIRST
from exclusions.workflow.states import Stage

MOST = 2  # of either kind
MOST_LOOKED_AT = 20


def first_of(asked: Asked, hits: Sequence[Hit]) -> list[Hit]:
    """Return at most two hits, of the first twenty, whose title is in the very words, in their order."""
    if not asked.words:
        return []
    return list(islice((hit for hit in hits[:MOST_LOOKED_AT] if asked.is_said_in(hit.title)), MOST))


def first_petitions(asked: Asked, newest: Sequence[Hit], invented: Collection[str], *, all_there: bool) -> list[Hit]:
    """Return at most two petitions in the very words, those that were granted before others.

    `newest` are the newest petitions found; one statement looks for granted ones beyond them, unless they are all.
    """
    won = [hit for hit in newest if hit.standing == Stage.GRANTED.label]
    if asked.words and not all_there:
        rows = PublicPetition.objects.matching(asked.text, stage=Stage.GRANTED).order_by(*NEWEST_FIRST)
        won = petition_hits_of(rows.values_list(*PETITION_COLUMNS)[:MOST_LOOKED_AT], invented)
    exact = [*first_of(asked, won), *first_of(asked, newest)]
    return list({hit.number: hit for hit in exact}.values())[:MOST]
