"""Whether a reason says anything. It says what in the record shows it: a word or two are none (GAO-21-506).

The least is that of a short whole sentence, "No other source." being one: three different words, ten letters in all.
Of a reason that repeats another one, or names a source that its finding does not cite, its writer is asked: neither is
wrong by itself, so that neither is refused to who has read the question and means it.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final

LEAST_WORDS: Final = 3
LEAST_LETTERS: Final = 10
TOO_LITTLE: Final = (
    "This reason is too short. Say in a sentence what in the record shows it. For example: "
    "“A maker in Ohio offers the product.”"
)
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")


def lacks_substance(text: str) -> str:
    """Return the sentence that refuses a reason which says too little, and tells what to write; empty: it will do.

    Numbers and signs count for nothing: “D6.”, “4.2” and “...” show nothing to who reads the record later.
    """
    words = {word.lower() for word in _WORD.findall(text)}
    enough = len(words) >= LEAST_WORDS and sum(map(len, words)) >= LEAST_LETTERS
    return "" if enough else TOO_LITTLE


# ---- What is asked about ------------------------------------------------------------------------------------------
MEANT: Final = "I have checked this reason, and mean it as it stands"
OR_CONFIRM: Final = "or confirm below that you mean it."
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+")
_TERM = re.compile(r"\w+")
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
    said = _sentences(reasons)
    return next((title for title, text in others.items() if said and said <= _sentences(text)), "")


def _sentences(text: str) -> set[str]:
    """Return the sentences of a text, without case and signs."""
    return {" ".join(_TERM.findall(one.lower())) for one in _SENTENCE.split(text) if _TERM.search(one)}


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


def repeats(reasons: str, others: Mapping[str, str]) -> list[str]:
    """Return the sentence that asks about reasons which say nothing that those on another criterion do not."""
    title = repeated(reasons, others)
    return (
        [f"This reason repeats the one on “{title}”. Say what bears on this criterion, {OR_CONFIRM}"] if title else []
    )


def questions(
    reasons: str, citations: Collection[str], *, others: Mapping[str, str], numbers: Mapping[str, Collection[str]]
) -> list[str]:
    """Return the sentences that ask a reviewer about the reasons of a finding; none where nothing is to be asked."""
    found = repeats(reasons, others)
    if sources := not_cited(reasons, citations, numbers):
        named = _listed(sources)
        found.append(f"This reason names {named}, and the finding does not cite it. Cite it, {OR_CONFIRM}")
    return found


def _listed(words: Iterable[str]) -> str:
    *before, last = words
    return f"{', '.join(before)} and {last}" if before else last
