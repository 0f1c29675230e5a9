"""A legal factor a person must find on, and the results a finding may have."""

from collections.abc import Mapping
from dataclasses import dataclass

# What a finding may say of a criterion. One that speaks against needs no more evidence than one that supports; a
# factor on which the record is silent is "not shown", which is itself a finding.
RESULTS: Mapping[str, str] = {
    "supports": "Supports an exclusion",
    "against": "Weighs against an exclusion",
    "neutral": "Neutral",
    "not_shown": "Not shown by the record",
}

DENIAL_REASONS: Mapping[str, str] = {
    "DR1": "The request failed to show that the product is available only from China.",
    "DR2": (
        "The request failed to show that the additional duties would cause severe economic harm to the requester or "
        "to other US interests."
    ),
    "DR3": (
        'The product is strategically important or related to "Made in China 2025" or other Chinese industrial '
        "programs."
    ),
    "DR4": (
        "The product is not defined precisely enough, or U.S. Customs and Border Protection could not administer the "
        "exclusion."
    ),
    "DR5": "The exclusion would undermine the objective of the Section 301 investigation.",
    "DR6": (
        "The request is outside the scope of this process: the number is not covered by the action, or the request was "
        "late, incomplete, named more than one product, or defined it by end use or trademark."
    ),
}


@dataclass(frozen=True)
class Criterion:
    """One factor: the question a reviewer answers, the answers that bear on it, and the denial reason it leads to.

    `evidence_keys` are keys of the questionnaires, `response_keys` of the responses and replies; those that a form does
    not ask are simply not there to cite.
    """

    key: str
    title: str
    question: str
    evidence_keys: tuple[str, ...]
    denial_code: str
    citation: str
    results: tuple[str, ...] = tuple(RESULTS)
    response_keys: tuple[str, ...] = ("explanation", "text")

    @property
    def denial_reason(self) -> str:
        """The sentence a denial letter states when this factor is the reason."""
        return DENIAL_REASONS[self.denial_code]
