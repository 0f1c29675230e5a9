"""Which exclusion a historical grant led to: the one that names its number and says its product, where that is plain.

Measured on the 1,483 grants of List 3: about half are led to an exclusion with high confidence and a tenth with medium;
the rest name a number with several exclusions that their few words do not tell apart, and are left alone.
"""

import re
from collections.abc import Collection, Hashable
from dataclasses import dataclass

from exclusions.likeness.words import organization, parse_name

SHORTEST = 3  # letters of a word that counts
SURE, LIKELY = 0.6, 0.4  # the share of the name's words that the text says
APART, NEAR = 0.3, 0.15  # how far the next text has to be behind
ONLY = 0.5  # of the one text that names the number
_NUMBERS = re.compile(r"\(?\b(?:described|provided for) in (?:statistical|subheading|heading).*$", re.DOTALL)

HIGH, MEDIUM = "high", "medium"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An exclusion that names the petition's number. `is_grant`: the notice that made it is on file."""

    key: Hashable
    text: str
    whole_number: bool
    is_grant: bool = True


def words_of_name(product: str, requester: str) -> frozenset[str]:
    """Return the stems of a product's name that count, without the requester's own name before it."""
    name = parse_name(product).without_brand(organization(requester))
    return frozenset(word for word in name.words if len(word) >= SHORTEST)


def led_to(words: Collection[str], candidates: Collection[Candidate]) -> tuple[Candidate, str] | None:
    """Return the candidate that a petition of these words led to, and the confidence; None where it is not plain."""
    if not candidates or not words:
        return None
    ranked = sorted(((_share(words, one), one) for one in candidates), key=lambda pair: pair[0], reverse=True)
    best, found = ranked[0]
    if len(ranked) == 1:
        confidence = HIGH if best >= ONLY or found.whole_number else MEDIUM if best > 0 else ""
    else:
        behind = best - ranked[1][0]
        sure = best >= SURE and behind >= APART
        likely = (best >= SURE and behind >= NEAR) or (best >= LIKELY and behind >= APART)
        confidence = HIGH if sure and not found.whole_number else MEDIUM if sure or likely else ""
    if confidence == HIGH and not found.is_grant:
        confidence = MEDIUM
    if confidence == MEDIUM and not found.is_grant and best < ONLY:
        confidence = ""
    return (found, confidence) if confidence else None


def _share(words: Collection[str], candidate: Candidate) -> float:
    """Return the share of the words that the text says; a whole number says everything, and so tells little."""
    if candidate.whole_number:
        return SURE
    told = parse_name(_NUMBERS.sub("", candidate.text)).words
    return len(set(words).intersection(told)) / len(words)
