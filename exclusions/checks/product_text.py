"""The style rules of an exclusion's text, as remarks on a draft.

Derived from the annexes of the Federal Register notices and the miscellaneous tariff bill rules (19 CFR 220): physical,
observable at entry, administrable by Customs; no actual use, no trademark, no company. An error keeps the draft from
being saved; a warning is shown to the drafter.
"""

import re
from dataclasses import dataclass
from typing import Literal

from exclusions import hts

NUMBER = re.compile(r"\d{4}\.\d{2}\.\d{4}")
ENDING = re.compile(r"\((?:described in statistical reporting numbers?\s+)?(?:[^()]*\d{4}\.\d{2}\.\d{4}[^()]*)\)\.?$")


@dataclass(frozen=True)
class Remark:
    """One thing about a draft: how grave, what, and what would help."""

    severity: Literal["error", "warning"]
    message: str
    remedy: str

    @property
    def sentence(self) -> str:
        """Message and remedy together."""
        return f"{self.message} {self.remedy}"


# Pattern, what it shows, what helps. Errors.
_FORBIDDEN: tuple[tuple[str, str, str], ...] = (
    (r"[®™℠]|\b(?:brand(?:ed)?|trademark(?:ed)?|trade\s+name)\b", "names a trademark or brand",
     "Describe what the goods are; Customs does not administer trademarks."),
    (r"\b(?:model|part|catalog|item|style)\s+(?:no\.?|nos\.?|numbers?)|\bSKU\b|\bP/N\b", "names a model or part number",
     "Describe the physical features that the model number stands for."),
    (r"\b(?:Inc|LLC|Corp|Ltd|GmbH|L\.L\.C)\b\.?|\bCompany\b", "names a company",
     "Leave companies out: any importer may use the exclusion."),
    (r"\b(?:used|consumed|operated|purchased|imported|sold)\s+(?:by|in\s+the\s+plants?\s+of)\b",
     "defines the goods by who uses them or by actual use",
     "Say what they are made for: “designed for use in …” or “of a kind used for …”."),
    (r"\bfor\s+(?:the\s+)?use\s+(?:of|by)\b", "defines the goods by who uses them or by actual use",
     "Say what they are made for: “designed for use in …” or “of a kind used for …”."),
    (r"\b(?:principally|chiefly|primarily|mainly)\s+used\b", "rests on chief use",
     "Use features that can be seen at entry."),
)  # fmt: skip

# Warnings.
_VAGUE = (
    r"\b(?:approximately|about|roughly|various|high[- ]quality|heavy[- ]duty|advanced|suitable|and\s+the\s+like|etc\.?|"
    r"including\s+but\s+not\s+limited\s+to)(?=\W|$)"
)
_DOUBTFUL: tuple[tuple[str, str, str], ...] = (
    (_VAGUE, "uses a word that cannot be measured",
     "Give a range: “over X but not over Y”."),
    (r"\d\s*(?:inch(?:es)?|in\.|feet|ft|lbs?\b|pounds?|ounces?|oz|psi|gallons?|°F|\")", "uses units other than metric",
     "Give the measure in mm, cm, kg, kW, bar or liters."),
    (r"\bbetween\s+\d[^,;]*\band\b|\bfrom\s+\d[^,;]*\bto\s+\d", "states a range in words that leave the ends open",
     "Write “at least X but not more than Y” or “over X but not over Y”."),
)  # fmt: skip


def lint(text: str, number: str, *, whole_number: bool, requester: str = "") -> list[Remark]:
    """Return the remarks on a draft, errors first; empty when there are none.

    `number` is the draft's 10-digit number, plain; `whole_number` says that the draft frees the whole number, so that
    its text is that number in dots. `requester` is the company's name, which must not occur.
    """
    shown = hts.dotted(number)
    if whole_number:
        if text.strip() == shown:
            return []
        return [
            Remark("error", "A whole-number exclusion consists of the number alone.", f"Write {shown} as the text.")
        ]
    remarks = [*_form(text.strip(), shown), *_words(text, _FORBIDDEN, "error"), *_words(text, _DOUBTFUL, "warning")]
    name = " ".join(requester.split())
    if len(name) >= 4 and name.casefold() in " ".join(text.split()).casefold():
        remarks.append(Remark("error", "The text names the requester.", "Leave companies out."))
    return sorted(remarks, key=lambda remark: remark.severity != "error")


def _form(text: str, shown: str) -> list[Remark]:
    if not text:
        return [Remark("error", "There is no text.", "Begin with the tariff noun in the plural.")]
    found = []
    if "\n" in text:
        found.append(Remark("error", "The text has several paragraphs.", "One paragraph describes one product."))
    if shown not in NUMBER.findall(text):
        remedy = f"End with “(described in statistical reporting number {shown})”."
        found.append(Remark("error", f"The text does not name {shown}.", remedy))
    elif not ENDING.search(text):
        found.append(Remark("warning", "The number does not stand in the last parenthesis.", "Put it at the end."))
    first = re.split(r"[,(]", text, maxsplit=1)[0].split()
    if first and first[0].casefold() in {"a", "an", "the", "one"}:
        found.append(Remark("warning", "The text begins with an article.", "Begin with the tariff noun in the plural."))
    elif first and "CAS" not in text and not any(word.endswith("s") for word in first):  # substances stay singular
        found.append(Remark("warning", "The first noun does not look plural.", "“Pumps”, not “Pump”."))
    if text[:1].islower():
        found.append(Remark("warning", "The text begins with a small letter.", "Begin with a capital."))
    return found


def _words(text: str, rules: tuple[tuple[str, str, str], ...], severity: Literal["error", "warning"]) -> list[Remark]:
    found: dict[str, Remark] = {}
    for pattern, what, remedy in rules:
        match = re.search(pattern, text, re.IGNORECASE)
        if match:
            found.setdefault(what, Remark(severity, f"“{match.group().strip()}” {what}.", remedy))
    return list(found.values())
