"""A legal factor a person must find on, and the results a finding may have."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

# What a finding may say of a criterion. One that speaks against needs no more evidence than one that supports; a
# factor on which the record is silent is "not shown", which is itself a finding.
RESULTS: Mapping[str, str] = {
    "supports": "Supports an exclusion",
    "against": "Weighs against an exclusion",
    "neutral": "Neutral",
    "not_shown": "Not shown by the record",
}

ADVERSE = frozenset({"against", "not_shown"})  # the results that bear a denial out

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
    "DR6a": "The request is outside the scope of this process: the action does not cover the number.",
    "DR6b": "The request is outside the scope of this process: it came late.",
    "DR6c": "The request is outside the scope of this process: it is incomplete.",
    "DR6d": "The request is outside the scope of this process: it names more than one product.",
    "DR6e": (
        "The request is outside the scope of this process: it defines the product by its actual use or by a trademark."
    ),
    "DR6f": "The request is outside the scope of this process for another reason, which the decision states.",
}
# The codes that rest on a fact of the request, and no criterion of most rounds leads to.
OF_FACTS = frozenset(code for code in DENIAL_REASONS if code.startswith("DR6"))
OTHER_FACT = "DR6f"
# That a request came late or incomplete, or how it is worded: nothing of the goods.
OF_FORM = frozenset({"DR6b", "DR6c", "DR6d", "DR6e"})
# What decisions were signed on before the six facts had codes of their own.
FORMER_REASONS: Mapping[str, str] = {
    "DR6": (
        "The request is outside the scope of this process: the number is not covered by the action, or the request was "
        "late, incomplete, named more than one product, or defined it by end use or trademark."
    ),
}


def family(code: str) -> str:
    """Return the part of a code of a denial that criteria name: “DR6” of “DR6a”."""
    return code[: len("DR0")]


@dataclass(frozen=True)
class Criterion:
    """One factor: the question a reviewer answers, the answers that bear on it, and the denial reason it leads to.

    `evidence_keys` are keys of the questionnaires, `response_keys` of the responses and replies; those that a form does
    not ask are simply not there to cite. `denial_code` is the first part of a code that has several (`family`).
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
    def denial_reasons(self) -> tuple[str, ...]:
        """The sentences of the codes to which the factor leads, one of which a denial letter states."""
        return tuple(text for code, text in DENIAL_REASONS.items() if family(code) == self.denial_code)

    def bears(self, citation: str) -> bool:
        """Say whether a citation is of something that bears on the factor.

        An answer or a reply bears on what its question is about; a document may bear on anything, as its citer says.
        """
        kind, _, name = citation.partition(":")
        if kind == "document":
            return True
        if kind in ("answer", "unanswered"):
            return name in self.evidence_keys
        if kind not in ("response", "reply"):
            return False
        part = name.partition(":")[2] or ("text" if kind == "reply" else "explanation")
        return part in self.response_keys

    def citation_fault(self, result: str, citations: Iterable[str]) -> str:
        """Return what a finding of that result lacks in its citations, or "".

        One that supports or weighs against an exclusion rests on something in the record, and one that found nothing
        there says where it looked (GAO-21-506 found reasons that no file bore out). A neutral one may stand alone.
        """
        if result == "neutral" or any(self.bears(citation) for citation in citations):
            return ""
        if result == "not_shown":
            return (
                f"Cite where you looked for “{self.title}”: an answer, a question without an answer, a response or a "
                "document."
            )
        return f"Cite what in the record bears on “{self.title}”: at least one answer, response or document."
