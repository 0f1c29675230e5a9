"""What a reviewer is asked about the reasons of a finding: whether they repeat others, or name what it does not cite.

Neither is wrong by itself, so that neither is refused: whoever has read the sentence may say that it is meant.
(GAO-21-506 found the same words under every factor, and reasons that no file bore out.)
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final

MEANT: Final = "I have checked this reason, and mean it as it stands"
OR_CONFIRM: Final = "or confirm below that you mean it."
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+")
_WORD = re.compile(r"\w+")
# How a question is named in a text: C1, D6, M1.2. Of any other such name nobody knows whether it is a question.
_NUMBER = re.compile(r"(?<![\w.-])[A-Z]{1,2}[0-9]{1,2}(?:\.[0-9]{1,2})?(?![\w-])(?!\.[0-9])")
_REFERENCE = re.compile(r"(?<![\w-])[\w-]+-R[0-9]{3}(?![\w-])")
_OF_NONE = r"(?<!no )(?<!any )(?<!in )(?<!without )"
_ANSWERS = r"(?:responses?|objections?|repl(?:y|ies)|rebuttals?|surrebuttals?)"
_RESPONSE = re.compile(
    rf"\b(?:the|this|that|its|their|one|both|posted|opposing|supporting|second|first)\s+(?:[a-z]+\s+)?{_ANSWERS}\b"
    r"(?!\s+(?:period|time|window|deadline|to\s+the\s+dut))"
    rf"|\b{_ANSWERS}\s+[0-9]+\b",
    re.IGNORECASE,
)
_DOCUMENT = re.compile(
    rf"\b{_OF_NONE}(?:exhibits?|attachments?|enclosures?|documents?|brochures?|datasheets?|affidavits?)\b"
    r"|\b[\w-]+\.(?:pdf|docx?|xlsx?|csv|txt|jpe?g|png)\b",
    re.IGNORECASE,
)


def repeated(reasons: str, others: Mapping[str, str]) -> str:
    """Return the title among `others` (title: reasons) whose reasons say all that these say, or ""."""
    said = _said(reasons)
    return next((title for title, text in others.items() if said and said <= _said(text)), "")


def _said(text: str) -> set[str]:
    """Return the sentences of a text, without case and signs."""
    return {" ".join(_WORD.findall(one.lower())) for one in _SENTENCE.split(text) if _WORD.search(one)}


def not_cited(reasons: str, citations: Collection[str], numbers: Mapping[str, Collection[str]]) -> list[str]:
    """Return the sources that reasons name and no citation of their finding leads to, in words: “C1”, “a response”.

    `numbers` are the questions of the form, keys by number.
    """
    return list(dict.fromkeys(_sources(reasons, citations, numbers)))


def _sources(reasons: str, citations: Collection[str], numbers: Mapping[str, Collection[str]]) -> Iterator[str]:
    cited = {name.partition(":")[2] for name in citations if name.startswith(("answer:", "unanswered:"))}
    for number in _NUMBER.findall(reasons):
        if number in numbers and not cited.intersection(numbers[number]):
            yield f"question {number}"
    answered = [name for name in citations if name.startswith(("response:", "reply:", "own:"))]
    known = {name.split(":")[1] for name in answered}
    named = _REFERENCE.findall(reasons)
    if "own:responses" not in citations:
        yield from (f"response {name}" for name in named if name not in known)
    if not answered and not named and _RESPONSE.search(reasons):
        yield "a response or reply"
    if not any(name.startswith("document:") for name in citations) and _DOCUMENT.search(reasons):
        yield "a document"


def questions(
    reasons: str, citations: Collection[str], *, others: Mapping[str, str], numbers: Mapping[str, Collection[str]]
) -> list[str]:
    """Return the sentences that ask a reviewer about the reasons of a finding; none where nothing is to be asked."""
    found = []
    if title := repeated(reasons, others):
        found.append(f"This reason repeats the one on “{title}”. Say what bears on this criterion, {OR_CONFIRM}")
    if sources := not_cited(reasons, citations, numbers):
        named = _listed(sources)
        found.append(f"This reason names {named}, and the finding does not cite it. Cite it, {OR_CONFIRM}")
    return found


def _listed(words: Iterable[str]) -> str:
    *before, last = words
    return f"{', '.join(before)} and {last}" if before else last
