"""Words in a public answer that suggest business confidential matter, for the clerk who screens before posting.

Every hit is a question to a person, never a refusal: "our supplier" may well be public. (Scenario: a supplier's name
and unit cost pasted into the description, which is printed for everybody.)
"""

import re
from dataclasses import dataclass

AROUND = 40


@dataclass(frozen=True)
class Suspicion:
    """A place in a public text: the words there, and why they deserve a second look."""

    excerpt: str
    why: str


_SIGNS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), why)
    for pattern, why in (
        (r"confidential|proprietary|trade\s+secret|not\s+for\s+public", "says that it is confidential"),
        (r"\b(?:unit\s+(?:cost|price)|cost\s+per|price\s+per|purchase\s+price|gross\s+margin|profit\s+margin)\b",
         "speaks of a price, cost or margin"),
        (r"(?:US)?\$\s?\d[\d,.]*\s*(?:/|per\b|each\b)", "gives a price per unit"),
        (r"\b(?:our|sole|current)\s+(?:supplier|vendor|factory)\b(?:\s+is)?|\bsupplied\s+by\b|\bpurchased\s+from\b",
         "may name a supplier"),
        (r"\b(?:our|main|largest)\s+customers?\b|\bsold\s+to\b", "may name a customer"),
        (r"\b(?:invoice|purchase\s+order|contract)\s+(?:no\.?|number|#)", "cites a commercial document"),
        (r"(?<![^\s<(\[,;:])[^\s@]{1,64}@[A-Za-z0-9-]{1,63}\.[A-Za-z.]{1,63}\b", "has an e-mail address"),
        (r"\b(?:Co\.?,?\s+Ltd|GmbH|S\.?p\.?A|Sdn\.?\s+Bhd)\b", "names a foreign company"),
    )
)  # fmt: skip


def suspicions(text: str) -> list[Suspicion]:
    """Return the places in a public text that a person should look at, in order; empty when nothing stands out."""
    found = []
    for pattern, why in _SIGNS:
        match = pattern.search(text)
        if match:
            start, end = max(0, match.start() - AROUND), min(len(text), match.end() + AROUND)
            before, after = "…" if start else "", "…" if end < len(text) else ""
            found.append((match.start(), Suspicion(f"{before}{text[start:end].strip()}{after}", why)))
    return [suspicion for _, suspicion in sorted(found, key=lambda pair: pair[0])]
