"""The form of an annex text: one paragraph, the noun first and in the plural, the statistical number at the end."""

import re
from collections.abc import Iterator

from exclusions.wording.named_numbers import CODES, split_tail
from exclusions.wording.remarks.remark import Remark, Text
from exclusions.wording.word_lists import listed

_SINGULAR = listed(
    "apparatus equipment machinery glassware footwear hardware wire yarn paper film foil sheet sheeting "
    "fabric cloth webbing rope cordage thread powder glue ink paint resin oil wax glass wood lumber "
    "plywood board tubing pipe cable flooring carpet netting felt lace leather rubber steel iron aluminum "
    "copper zinc graphite garlic meat fish crab pork beef broccoli tow metal cullet jewelry furniture "
    "luggage clothing"
)
# Ends of names of substances and of materials, which have no plural.
_MASS = (
    "ide",
    "ate",
    "ine",
    "ene",
    "one",
    "ium",
    "ol",
    "ing",
    "ane",
    "ose",
    "ase",
    "wear",
    "ware",
    "ic",
    "ite",
    "yl",
    "in",
    "ly",
)
_PLURAL = re.compile(r"(?<![su])s$|^(?:feet|men|teeth|dies|media|apparatus)$")


def form(text: Text) -> Iterator[Remark]:
    """Yield remarks on the form, of a text that is meant for the annex alone."""
    if not text.known.annex:
        return
    if not text.body.strip():
        yield Remark("no-text", "error", "is empty", "Begin with the tariff noun in the plural.")
        return
    if "\n" in text.text.strip():
        yield Remark("paragraphs", "error", "has several paragraphs", "One paragraph describes one product.")
    yield from _numbers(text)
    yield from _beginning(text)
    if text.known.line and _stems(text.body) == _stems(text.known.line):
        remedy = "Say what sets the product apart, or exclude the whole number."
        yield text.remark("whole-line", "warning", 0, len(text.body), "repeats the tariff line word for word", remedy)


def _numbers(text: Text) -> Iterator[Remark]:
    codes = [code for code in CODES.findall(text.text) if sum(map(str.isdigit, code)) == 10]
    shown = _dotted(text.known.number)
    example = shown or "0000.00.0000"
    remedy = f"End with “(described in statistical reporting number {example})”."
    if shown and shown not in codes:
        yield Remark("number", "error", f"does not name {shown}", remedy)
    elif not codes:
        yield Remark("number", "error", "names no statistical number", remedy)
    elif not split_tail(" ".join(text.text.split()))[1]:
        remedy = "Put the number in parentheses at the end."
        yield Remark("number", "warning", "does not have the number in the last parenthesis", remedy)
    if text.known.exists:
        for code in dict.fromkeys(codes):
            if text.known.exists(code.replace(".", "")) is False:
                start = text.text.find(code)
                remedy = "Look up the number for the days when the text applies. Name its successor with its days."
                yield text.remark(
                    "unknown-number",
                    "warning",
                    start,
                    start + len(code),
                    "names a number that is not in the tariff",
                    remedy,
                )


def _beginning(text: Text) -> Iterator[Remark]:
    body = text.body
    first = re.split(r"[,(]", body, maxsplit=1)[0].split()
    noun = text.description.noun.split()
    if first and first[0].casefold() in {"a", "an", "the", "one"}:
        remedy = "Begin with the tariff noun in the plural."
        yield text.remark("begins", "warning", 0, len(first[0]), "begins with an article", remedy)
    elif noun and not text.description.cas and _is_singular(noun, body):
        yield text.remark("singular", "warning", 0, len(" ".join(noun)), "has a first noun that does not look plural",
                          "“Pumps”, not “Pump”.")  # fmt: skip
    if body[:1].islower():
        yield text.remark(
            "begins", "warning", 0, len(body.split()[0]), "begins with a small letter", "Begin with a capital."
        )


def _is_singular(noun: list[str], body: str) -> bool:
    """Whether neither the noun nor the words behind it hold a plural, and its last word could be counted."""
    words = [re.sub(r"\W", "", word).casefold() for word in noun]
    return (
        all(word.isalpha() for word in words)
        and len(words) <= 3
        and not any(_PLURAL.search(word) for word in re.findall(r"[a-z]+", body.casefold())[:9])
        and words[-1] not in _SINGULAR
        and not words[-1].endswith(_MASS)
    )


def _stems(words: str) -> frozenset[str]:
    plain = re.findall(r"[a-z]+", split_tail(words)[0].casefold())
    return frozenset(word.removesuffix("s") for word in plain if word not in ("other", "the", "of", "and", "or"))


def _dotted(number: str) -> str:
    return f"{number[:4]}.{number[4:6]}.{number[6:]}" if number else ""
