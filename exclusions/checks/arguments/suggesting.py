"""Suggestions: which sentences of a text argue for or against an exclusion, on which factor and for which side.

Measured on statements that a person had split before (docs/arguments.md).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from exclusions.checks.arguments.cues import CUES, argues_nothing
from exclusions.checks.arguments.sentences import sentences

FOR, AGAINST = "for", "against"
AVAILABILITY = "availability"
SHORTEST = 3  # words of an argument
CLEARLY = 2  # cues more than on the factor that the text was asked about, and a sentence bears on another one

# A sentence that goes on with the one before: it draws a conclusion, or says what the first leaves open.
_GOES_ON: Final = re.compile(
    r"(?:thus|therefore|hence|consequently|accordingly|as a result|that is why|which|in practice|at most|at least|"
    r"to achieve (?:such|this)|this (?:means|would|is because|is why|was|alone)|"
    r"(?:however|but),? (?:in practice|in fact|this|they|it)\b)\b"
)
# A sentence that leaves something open for the next: “Theoretically, the mill can make it.”
_CONCEDES: Final = re.compile(r"(?:theoretically|in theory|although|while it is true|granted|admittedly)\b")
_CANNOT: Final = re.compile(
    r"\b(?:(?:does|do|did|has|have|can|could|will|would|is|are) ?n[o'’]t (?:currently |presently |itself )?"
    r"(?:able|capable|produce|make|manufacture|supply|offer|have (?:the capacity|stock|inventory|any)|sell|stock)|"
    r"cannot|unable|no (?:stock|inventory|capacity)|not (?:available|able|capable|produce))\b"
)
_CAN: Final = re.compile(
    r"\b(?:(?:can|could|will|does|do|already|currently|routinely|is able to|capable of|capacity to|continues to)\b"
    r".{0,30}?(?:produc|manufactur|mak(?:e|ing)|suppl|provid|deliver)|produces|manufactures|supplies)"
)


@dataclass(frozen=True)
class Suggestion:
    """An argument that is suggested: where it stands in its text, the factor, and whom it helps ("for", "against")."""

    start: int
    end: int
    criterion: str
    side: str

    def quote(self, text: str) -> str:
        """Return what it says."""
        return text[self.start : self.end]


def suggest(text: str, *, side: str, about: str = "", criteria: Iterable[str] = ()) -> list[Suggestion]:
    """Return the arguments that a text seems to make, in its order; no two overlap.

    `side` is that of who wrote it, `about` the factor of the question that it answers ("" for none), `criteria` those
    of the round (all, where none is given).
    """
    allowed = list(criteria) or list(CUES)
    suggested: list[Suggestion] = []
    goes_on = False  # whether the sentence before was suggested
    for start, end in sentences(text):
        said = " ".join(text[start:end].lower().replace("’", "'").split())
        if goes_on and not argues_nothing(said) and _carries_on(text, suggested[-1], said):
            suggested[-1] = replace(suggested[-1], end=end)
            continue
        criterion = _criterion(said, about, allowed)
        goes_on = bool(criterion)
        if goes_on:
            suggested.append(Suggestion(start, end, criterion, side_of(said, side)))
    return suggested


def side_of(said: str, side: str) -> str:
    """Return whom a sentence helps: its author, unless an opponent grants that it cannot supply the product."""
    lowered = said.lower()
    if side == AGAINST and _CANNOT.search(lowered) and not _CAN.search(_CANNOT.sub(" ", lowered)):
        return FOR
    return side


def _carries_on(text: str, before: Suggestion, said: str) -> bool:
    """Say whether a sentence belongs to the one before."""
    if _GOES_ON.match(said):
        return True
    earlier = " ".join(before.quote(text).lower().split())
    return bool(_CONCEDES.match(earlier)) and "," in earlier and len(list(sentences(before.quote(text)))) == 1


def _criterion(said: str, about: str, allowed: list[str]) -> str:
    """Return the factor on which a sentence bears, or "" where it seems to argue nothing."""
    if len(said.split()) < SHORTEST or argues_nothing(said):
        return ""
    counted = {key: _weight(key) * sum(bool(cue.search(said)) for cue in CUES[key]) for key in allowed if key in CUES}
    best = max(counted, key=lambda key: (counted[key], key == AVAILABILITY), default="")
    if about in allowed:
        return best if best and counted[best] >= counted.get(about, 0) + CLEARLY else about
    return best if best and counted[best] else ""


def _weight(criterion: str) -> int:
    """Return what a cue of a factor counts: whatever is made and sold has words of availability, few have others."""
    return 1 if criterion == AVAILABILITY else 2
