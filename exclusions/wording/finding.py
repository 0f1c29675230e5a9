"""Where limits stand in a text: figures with their units, and the phrases around them that make bounds of them."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from exclusions.wording.limits import Bound, Limit, Spans
from exclusions.wording.units import UNIT, unit

_FLOORS = {
    False: "over|exceeding|more than|above|greater than|in excess of|longer than|wider than|exceeds",
    True: "at least|not less than|no less than|not under|not below|a minimum of|minimum of|minimum|no fewer than|"
    "not fewer than|not smaller than|equal to or greater than",
}
_CEILINGS = {
    False: "under|less than|below|smaller than|fewer than|shorter than",
    True: "not over|not exceeding|not more than|no more than|not greater than|no greater than|not to exceed|up to|"
    "at most|not above|a maximum of|maximum of|maximum|not in excess of|at or under|at or below|no larger than|"
    "not larger than|not longer than|no longer than|no wider than|not wider than|less than or equal to|"
    "does not exceed|do not exceed|must not exceed|no taller than|not taller than|not exceed|no over",
}
_FLOORS_AFTER = (
    "or more|or greater|or over|or higher|or longer|or larger|and over|or above|and above|and higher|minimum"
)
_CEILINGS_AFTER = "or less|or under|or below|or lower|and under|or smaller|or shorter|or fewer|maximum"
_BARE = "between|from|ranging from|range of"


def _phrases(*tables: str) -> str:
    return "|".join(sorted((p for table in tables for p in table.split("|")), key=len, reverse=True)).replace(
        " ", r"\s"
    )


_INCLUDING = {p: True for p in f"{_FLOORS[True]}|{_CEILINGS[True]}|{_FLOORS_AFTER}|{_CEILINGS_AFTER}".split("|")} | {
    p: False for p in f"{_FLOORS[False]}|{_CEILINGS[False]}".split("|")
}
_IS_FLOOR = frozenset(f"{_FLOORS[True]}|{_FLOORS[False]}|{_FLOORS_AFTER}".split("|")) - {"minimum"} | {"minimum"}
NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\s\d+/\d+|\d+/\d+|\d+(?:\.\d+)?|\.\d+)"
_FIGURE = re.compile(
    rf"(?<![\w.,/#-])(?<!\d:)(?P<money>\$\s?)?(?P<number>{NUMBER})(?![\d/])"
    rf"(?:(?P<gap>[\s\u00a0-]?)(?P<unit>{UNIT})(?![\w²³/])|(?P<sign>%|[Xx](?!\w|\s?\d)))?"
    r"(?![,.]?\d)"
)
# The last words of the phrases before a figure.
_LEADS = frozenset(
    phrase.split()[-1] for table in (*_FLOORS.values(), *_CEILINGS.values(), _BARE) for phrase in table.split("|")
)
_BEFORE = re.compile(
    rf"(?:^|(?<=[\s(,]))(?P<phrase>{_phrases(*_FLOORS.values(), *_CEILINGS.values(), _BARE)})\s$", re.IGNORECASE
)
_AFTER = re.compile(rf"\s(?P<phrase>{_phrases(_FLOORS_AFTER, _CEILINGS_AFTER)})\b", re.IGNORECASE)
_JOINS = re.compile(r"^(?:,?\s(?:but|and|or|to|through)\s|-|\s-\s)$")
_BARE_JOINS = re.compile(r"^(?:\s(?:to|and|through)\s|-|\s-\s)$")
_BY = re.compile(r"^\s(?:by|x|X|\u00d7)\s$")
_CHAINS = re.compile(r"^(?:\s(?:by|x|X|\u00d7)\s|,?\s(?:but|and|or|to)\s|-|\s-\s)$")
_LONGEST_CHAIN = 8
_COUNTED = re.compile(
    r"^\s(?P<noun>(?!but\b|by\b|to\b|of\b|each\b|is\b|has\b)[a-z][a-z-]{0,30}(?:\s[a-z-]{1,30}){0,2}?s)\b"
)
# Figures that are names: headings, notes, grades, registry numbers.
_REFERENCE = re.compile(
    r"\b(?i:headings?|subheadings?|chapters?|notes?|item|class|types?|grades?|standards?|numbers?|nos?\.|CAS|EINECS|Index|violet|red|"
    r"blue|yellow|green|orange|ASTM|ISO|AISI|SAE|UL|IEC|DIN|EN|NEMA|model|A519|series|alloy|method|"
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)(?:\s\d{1,2},)?)"
    r"\s?[(“\"]?(?:[\d.]+(?:,|\sto|\sthrough|\sor|\sand|,\sor)\s)*$",
)


@dataclass(slots=True)
class _Found:
    start: int
    end: int
    bound: Bound
    side: str  # low, high, bare or ""
    by: str = ""  # what joins it to the figure before


def find_limits(text: str, quantities: Collection[str] | None = None) -> list[Limit]:
    """Return the limits of a text in order.

    With `quantities`, only limits of these: what is measured otherwise is passed over unread.
    """
    found = list(_figures(text, quantities))
    _share_units(text, found)
    limits: list[Limit] = []
    index = 0
    while index < len(found):
        limit, used = _one(text, found, index)
        if limit is not None:
            limits.append(limit)
        index += used
    return [replace(limit, kind=_kind(text, limit)) for limit in limits]


def loose_figures(text: str, limits: Sequence[Limit], masked: Sequence[tuple[int, int]] = ()) -> list[tuple[int, int]]:
    """Return where figures stand that belong to no limit and are no name of anything: numbers without a unit."""
    taken = Spans([*masked, *((limit.start, limit.end) for limit in limits)])
    return [
        match.span()
        for match in _FIGURE.finditer(text)
        if not taken.holds(match.start() + 1) and not taken.holds(match.end()) and not _is_name(text, match)
    ]


def _figures(text: str, quantities: Collection[str] | None) -> Iterator[_Found]:
    last = 0
    for match in _FIGURE.finditer(text):
        written = match["unit"] or match["sign"] or (match["money"] or "").strip()
        if quantities is not None and written and unit(written).quantity not in quantities:
            last = match.end()
            continue
        if _is_name(text, match):
            continue
        at = match.start()
        lead = text[max(last, at - 12) : max(at - 1, 0)].rpartition(" ")[2].casefold()
        before = _BEFORE.search(text, max(last, at - 40), at) if lead in _LEADS else None
        after = _AFTER.match(text, match.end())
        start, end = match.start(), match.end()
        phrase, behind, side = "", False, ""
        if before:
            phrase, start = before["phrase"], before.start("phrase")
            side = "bare" if phrase.casefold() in _BARE.split("|") else _side(phrase)
        elif after:
            phrase, behind, end, side = after["phrase"], True, after.end(), _side(after["phrase"])
        written = match["unit"] or match["sign"] or (match["money"] or "")
        including = _INCLUDING.get(phrase.casefold(), True)
        yield _Found(start, end, Bound(match["number"], written, match["gap"] or "", phrase, behind, including), side)
        last = end


def _side(phrase: str) -> str:
    return "low" if phrase.casefold() in _IS_FLOOR else "high"


def _is_name(text: str, match: re.Match[str]) -> bool:
    """Whether a figure names something: a heading, a grade, a part of a word, a place in a chemical name."""
    if re.fullmatch(r"\d{4}\.\d{2}", match["number"]) and not match["unit"]:
        return True
    if not match["unit"] and not match["money"] and not match["sign"]:
        following = text[match.end() : match.end() + 2]
        if re.match(r"[A-Za-z°²³#:]|-[A-Za-z,]|/[\w]|\.\d|-\d|,\s?-", following):
            return True
    if match["money"] or match["sign"] or len(match["unit"] or "") > 1:
        return False
    return _names_what_follows(text[max(0, match.start() - 80) : match.start()])


def _names_what_follows(before: str) -> bool:
    """Whether words end with one that names by figures (“heading”, “types 1 or”). The last word mostly tells."""
    last = before[before.rstrip().rfind(" ") + 1 :]
    if last.strip() in ("to", "or", "and", "through") or any(map(str.isdigit, last)):
        last = before
    return bool(_REFERENCE.search(last))


def _share_units(text: str, found: list[_Found]) -> None:
    """Give figures without a unit the one of the next figure that they are joined to; then the things they count."""
    for here, following in reversed(list(pairwise(found))):
        between = text[here.end : following.start]
        if _BY.match(between):
            following.by = between
    for found_one in found:
        if not found_one.bound.unit and (counted := _COUNTED.match(text[found_one.end : found_one.end + 100])):
            found_one.side = found_one.side or "count"
            found_one.by = found_one.by or f"#{counted['noun']}"


def _unit_ahead(text: str, found: list[_Found], index: int) -> str:
    """Return the unit of a figure; where none is printed, that of the figures joined to it, then what it counts."""
    last = min(index + _LONGEST_CHAIN, len(found) - 1)
    for at in range(index, last + 1):
        here = found[at]
        if here.bound.unit:
            return here.bound.unit
        if at == last or not _CHAINS.match(text[here.end : found[at + 1].start][:20]):
            return here.by[1:] if here.by.startswith("#") else ""
    return ""


def _one(text: str, found: list[_Found], index: int) -> tuple[Limit | None, int]:
    """Return the limit that begins at a figure, and how many figures it takes; None for a figure without a unit."""
    first = found[index]
    written = _unit_ahead(text, found, index)
    if not written:
        return None, 1
    following = found[index + 1] if index + 1 < len(found) else None
    between = text[first.end : following.start][:20] if following else ""
    second = following.bound.unit if following else ""
    alike = following is not None and (not second or unit(second).quantity == unit(written).quantity)
    if following and alike and first.side == "low" and following.side == "high" and _JOINS.match(between):
        limit = Limit(first.bound, following.bound, second or written, between)
        return replace(limit, start=first.start, end=following.end), 2
    bare = first.side in ("bare", "", "count") and following and following.side in ("", "count")
    if following and alike and bare and _BARE_JOINS.match(between) and (first.side == "bare" or "and" not in between):
        limit = Limit(first.bound, following.bound, second or written, between, unclear=True)
        return replace(limit, start=first.start, end=following.end), 2
    bound = first.bound
    carried = first.side == "" and first.by and not first.by.startswith("#")
    side = _side_of_chain(found, index) if carried else first.side
    low, high = (None if side == "high" else bound), (None if side == "low" else bound)
    return Limit(low, high, written, printed=(bound,), start=first.start, end=first.end), 1


def _side_of_chain(found: list[_Found], index: int) -> str:
    """Return the side of the figure at the head of a chain: in “not over 8 cm by 5 cm” both are ceilings."""
    for place in range(index, max(index - _LONGEST_CHAIN, 0), -1):
        if found[place].side or not found[place].by or found[place].by.startswith("#"):
            return found[place].side
    return found[max(index - _LONGEST_CHAIN, 0)].side


_IN = re.compile(
    r"^\s?(?:each\s)?(?:in\s(?:[a-z]+\s)?(?P<noun>diameter|width|length|height|thickness|depth|circumference|weight|area|volume|size)"
    r"|(?P<word>wide|long|high|thick|deep|tall)\b|by\s(?P<by>weight|volume))"
)
_WORDS = {"wide": "width", "long": "length", "high": "height", "thick": "thickness", "deep": "depth", "tall": "height"}
_KINDS = re.compile(
    r"\b(?P<kind>diameter|bore|stroke|width|length|height|thickness|depth|circumference|capacity|output|power|pressure|"
    r"voltage|current|frequency|temperature|resistance|torque|speed|flow|weigh(?:s|ing|t)?|net weight|valued?|purity|"
    r"area|volume|size|load)\b(?=[^,;]*$)"
)
_FROM_UNIT = {"value": "value", "voltage": "voltage", "current": "current", "pressure": "pressure"}


def _kind(text: str, limit: Limit) -> str:
    """Return what is measured, from the words behind the limit, else those before it in its clause, else the unit."""
    after = _IN.match(text[limit.end : limit.end + 60])
    if after:
        return after["noun"] or _WORDS.get(after["word"] or "", "") or after["by"] or ""
    if limit.quantity in _FROM_UNIT:
        return _FROM_UNIT[limit.quantity]
    before = list(_KINDS.finditer(text[max(0, limit.start - 60) : limit.start]))
    word = before[-1]["kind"] if before else ""
    kind = {"valued": "value", "net weight": "weight"}.get(word, "weight" if word.startswith("weigh") else word)
    fits = {"weight": ("weight", "share"), "value": ("value",), "diameter": ("length",), "width": ("length",),
            "length": ("length",), "height": ("length",), "power": ("power",), "voltage": ("voltage",)}  # fmt: skip
    if kind in fits and limit.quantity not in fits[kind]:
        return ""
    return kind or ("weight" if limit.quantity == "weight" else "")
