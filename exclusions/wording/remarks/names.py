"""Names in a text: trademarks and brands, companies, the requester, models. USTR does not consider requests that
define the product by them (2.2 of each notice's procedures; 84 FR 29576), and Customs administers none.
"""

import re
from collections.abc import Iterator

from exclusions.wording.materials import MATERIALS
from exclusions.wording.remarks.remark import Remark, Text
from exclusions.wording.word_lists import listed

PHYSICAL = "Say what the goods are: material, dimensions, ratings and other features that Customs can see or measure."
_NAME = r"[A-Z][\w'\u2019&+-]{0,40}"
# "(R)" counts only after a letter: chemical names begin so. A capitalized word before the mark is of the name, a
# plural is the noun.
_MARKED = re.compile(
    rf"(?<![\w'\u2019&+-])(?:{_NAME}(?<!s)\s){{0,3}}[\w'\u2019&+-]{{0,40}}(?:\s?[®™℠]|(?<=\w)\((?:R|TM)\))"
)
_CALLED = re.compile(
    rf"(?:(?<![\w'\u2019&+-])(?:{_NAME}\s){{1,3}})?\b(?i:brand(?:ed|s|\snames?)?|trade[-\s]?mark(?:ed|s)?|trade[-\s]?names?)\b:?"
    rf"(?:\s(?:of\s)?[“\"']?{_NAME}[”\"']?(?:\s{_NAME}){{0,3}})?"
)
_LOOKS_LIKE_BRAND = re.compile(r"(?<![\w-])[A-Z][a-z]{2,20}[A-Z][a-z]{2,20}\w{0,20}(?![\w-])")
_MODEL = re.compile(
    r"\b(?i:models?|part|parts|catalog|catalogue|style|item)\s+(?i:nos?\b\.?|numbers?|#)\s*:?\s*(?=[\w-]{0,20}\d)[\w./-]{1,40}"
    r"|\b(?i:models?|SKU|P/N|ref\.)\s*:?\s*(?=[\w-]{0,20}\d)[\w./-]{1,40}"
)
# Capitals with figures: often a model, but also a steel grade or a standard.
_LOOKS_LIKE_MODEL = re.compile(r"(?<![\w/-])(?=[A-Z0-9-]{0,20}\d{2})[A-Z]{2,8}-?\d[A-Z0-9-]{2,20}\b")
_STANDARDS = re.compile(
    r"^(?:AISI|ASTM|ASME|ANSI|ISO|IEC|IEEE|DIN|EN|SAE|UL|IP|CAS|API|JIS|GB|NEMA|AWG|HRC|PVC|UNS|USB|DDR|HDMI|PM|SPT|"
    r"ZF|FR|CR|MR|PAR|BR|AA|RG|EI|ZL|ADC|SUS|SCM|STD|MIL|FMVSS|DOT|ECE|CISPR|AMS|TT|SS)(?:\b|-?\d)"
)
_COMPANY = re.compile(
    rf"(?<![\w.'\u2019&+-])(?:{_NAME},?\s){{1,5}}(?:Inc|LLC|L\.L\.C|Corp|Corporation|Incorporated|Co\.?,?\s*Ltd|GmbH|Ltd|S\.A|PLC)\b\.?"
    rf"|(?<![\w.'\u2019&+-])(?:{_NAME}\s){{1,4}}(?:Company|Industries|Holdings)\b"
)
_SUFFIX = re.compile(
    r"[,.]?\s+(?:incorporated|inc|llc|l\.l\.c|lp|llp|corporation|corp|company|co|limited|ltd|gmbh|ag|plc|sa|usa|"
    r"america|us)\.?$",
    re.IGNORECASE,
)
# First words of many names, which alone name nobody.
_COMMON = listed(
    "american national united global general first international industrial pacific atlantic premier "
    "advanced quality best allied universal standard modern superior precision central western eastern "
    "northern southern north south east west great home tool tools electric electronic medical auto motor "
    "power water food steel wood paper glass machine machinery world star sun blue green red black white "
    "golden silver new old royal total pure clean safety smart digital light lighting garden sport sports "
    "outdoor office kitchen bath baby kids pet dog cat trade technology technologies products "
    "manufacturing supply the one two three a an"
)


def names(text: Text) -> Iterator[Remark]:
    """Yield remarks on trademarks, companies, the requester and models."""
    yield from _brands(text)
    yield from _models(text)
    yield from _parties(text)


def _brands(text: Text) -> Iterator[Remark]:
    certain = list(_spans(text.body, _MARKED, _CALLED))
    for start, end in certain:
        yield text.remark("brand", "error", start, end, "names a trademark or brand", PHYSICAL, leave_out=True)
    if certain:
        return
    for match in _LOOKS_LIKE_BRAND.finditer(text.body):
        remedy = "If it is one, leave it out and describe the features it stands for. A standard or grade may stay."
        yield text.remark(
            "brand", "warning", match.start(), match.end(), "has a word that looks like a brand or model", remedy,
            leave_out=True,
        )  # fmt: skip


def _spans(body: str, *patterns: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Yield where the patterns stand, touching ones joined."""
    found = sorted(match.span() for pattern in patterns for match in pattern.finditer(body))
    joined: list[tuple[int, int]] = []
    for start, end in found:
        start += re.match(rf"(?:{_NAME}s\s)?", body[start:end]).end() if start == 0 else 0  # type: ignore[union-attr]
        if joined and start <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        elif end > start:
            joined.append((start, end))
    yield from joined


def _models(text: Text) -> Iterator[Remark]:
    remedy = "Describe the physical features that the number stands for."
    found = False
    for match in _MODEL.finditer(text.body):
        found = True
        yield text.remark("model", "error", *match.span(), "names a model or part number", remedy, leave_out=True)
    for match in () if found else _LOOKS_LIKE_MODEL.finditer(text.body):
        if not _STANDARDS.search(match.group()):
            doubt = "If it is one, leave it out and describe the features it stands for. A standard or grade may stay."
            what = "has a word that looks like a brand or model"
            yield text.remark("model", "warning", *match.span(), what, doubt, leave_out=True)


def _parties(text: Text) -> Iterator[Remark]:
    remedy = "Do not name companies. Any importer may use an exclusion."
    seen: list[tuple[int, int]] = []
    for name, is_own in [(text.known.requester, True), *((name, False) for name in text.known.organizations)]:
        for start, end, sure in _named(text.body, name, is_own=is_own):
            if not any(a < end and start < b for a, b in seen):
                seen.append((start, end))
                what = "names the requester" if is_own else "names an organization"
                yield text.remark(
                    "requester" if is_own else "company", "error" if sure else "warning", start, end, what,
                    remedy if sure else f"{remedy} Keep the word if it means something else.", leave_out=True,
                )  # fmt: skip
    for match in _COMPANY.finditer(text.body):
        if not any(a < match.end() and match.start() < b for a, b in seen):
            yield text.remark("company", "error", *match.span(), "names a company", remedy, leave_out=True)


def _named(body: str, name: str, *, is_own: bool) -> Iterator[tuple[int, int, bool]]:
    """Yield where a name stands, whole or short, and whether it surely is the name and no word of the language."""
    short = " ".join(name.split())[:200]
    while (cut := _SUFFIX.sub("", short)) != short:
        short = cut
    words = re.findall(r"[\w'\u2019&]+", short)
    if len(short) >= 4 and (len(words) > 1 or is_own):
        pattern = r"[\W_]{1,5}".join(map(re.escape, words))
        whole = [
            match.span()
            for match in re.finditer(rf"(?<!\w){pattern}(?!\w)", body, re.IGNORECASE)
            if len(words) > 1 or match.group()[:1].isupper()
        ]
        yield from ((start, end, len(words) > 1 or start > 0) for start, end in whole)
        if whole:
            return
    first = words[0] if words else ""
    plain = first.casefold()
    if is_own and len(first) >= 4 and plain not in _COMMON and plain not in MATERIALS:
        for match in re.finditer(rf"(?<!\w){re.escape(first)}(?:['\u2019]s)?(?!\w)", body, re.IGNORECASE):
            if match.group()[:1].isupper():
                yield *match.span(), match.start() > 0
