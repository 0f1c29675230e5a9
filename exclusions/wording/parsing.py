"""A product text into its parts. Whatever the text, its parts written again give the text back."""

import re
from collections.abc import Iterator
from functools import lru_cache

from exclusions.wording.description import Clause, Description, Kind
from exclusions.wording.finding import find_limits
from exclusions.wording.limits import Limit, Spans
from exclusions.wording.materials import materials
from exclusions.wording.named_numbers import named_numbers, split_tail, write_tail

# Words that end the noun and begin what is said of the goods.
_OPENERS = (
    r"of|for|with|without|each|measuring|weighing|valued|having|containing|comprising|consisting|composed|designed|"
    r"suitable|capable|incorporating|used|other\sthan|whether|the\sforegoing|not|in|from|made|presented|put|including|"
    r"rated|that|which|to|constructed|specially|specifically|intended|wholly|exceeding|delivering|fitted|on|coated|"
    r"covered|such|as|having|bearing|by|into|over|under|made|certified|conforming|meeting|powered|mounted|employing|"
    r"using|at|whose|when|attached|formed|equipped|operating|operated|producing|constituting|imported|entered|"
    r"compatible|based|except|excluding|described|provided|prepared|rating|along|all|both|and\sparts|driven|"
    r"utilizing|built|dedicated|featuring|specified|adapted|configured|requiring|where|between|than|primarily|solely"
)
_OPENER = re.compile(rf"\s(?=(?:{_OPENERS})\b)")
# Within a later stretch only what surely begins another clause.
_STRONG = re.compile(
    r"\s(?=(?:each|measuring|weighing|valued|designed|of\sa\s(?:kind|type)|whether\sor\snot|with\sor\swithout|"
    r"the\sforegoing|rated|for\suse|other\sthan|suitable|specially\sdesigned|intended|put\sup|presented)\b)"
)
_FOR_USE = (
    r"(?:specially\s|specifically\s)?(?:designed|suitable|intended|dedicated|adapted|capable)|of\sa\s(?:kind|type)"
    r"|for\s(?!a\s)|used\s|to\s"
)
_OPENS_WITH = (
    (Kind.FOREGOING, r"(?:all\s)?the\sforegoing|such\s"),
    (Kind.WHETHER, r"whether|with\sor\swithout"),
    (Kind.USE, _FOR_USE),
    (Kind.WITHOUT, r"other\sthan|not\s|except|excluding|without|but\snot|non"),
    (Kind.COMPOSITION, r"containing|composed|consisting\sof\s\d|of\sa\spurity|having\sa\spurity"),
    (Kind.SET, r"consisting|comprising|put\sup|presented|including|in\ssets"),
)  # fmt: skip
_OPENS = tuple((kind, re.compile(rf"(?:and\s|each\s)?(?:{words})", re.IGNORECASE)) for kind, words in _OPENS_WITH)
# “Designed for use”, “each valued”, “parts of the foregoing” are one clause.
_LEADS_ON = re.compile(r"(?:^|\W)(?:designed|each|all|of|suitable|only|and|or|to|a|with|maximum|than|foregoing)$")
_LONGEST_ASIDE = 600
_PURE = re.compile(r"\bpur(?:e|ity)\b|percent\sby\s(?:weight|volume)")
_NO_MATERIAL = re.compile(r"^of\s(?:a|an|the|kind|type|heading|headings|subheading|vehicles?|motor)\b")
# Nouns that say nothing without what they are of.
_EMPTY = re.compile(
    r"^(?:parts?|parts\sand\saccessories|accessories|sets?|kits?|mixtures?|assemblies|components|pieces|articles?|"
    r"sheets?|pairs?|blends?|salts?|products?|systems?|types?|combinations?)$",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def parse(text: str) -> Description:
    """Return the parts of a product text, in order; blanks are made single. Any text has parts.

    `generate` of it is the text again, word by word.
    """
    words = " ".join(text.split())
    body, tail = split_tail(words)
    clauses = tuple(_clauses(body))
    if "".join(clause.before + clause.as_printed for clause in clauses) != body:
        clauses = (Clause(Kind.OTHER, (body,)),)  # a figure is written in a way that the limits cannot give back
    numbers = tuple(named_numbers(tail)) if tail else ()
    return Description(clauses, numbers, tail if tail and write_tail(numbers) != tail else "")


def _clauses(body: str) -> Iterator[Clause]:
    limits = find_limits(body)
    taken = Spans([(limit.start, limit.end) for limit in limits])
    first = True
    for start, end in _stretches(body, taken):
        for at, to in _cut(body, start, end, taken, first=first):
            before = _join(body, at)
            pieces = tuple(_pieces(body, at + len(before), to, limits, taken))
            yield Clause(_kind(body[at + len(before) : to], pieces, first=first), pieces, before, at + len(before))
            first = False


def _join(body: str, at: int) -> str:
    found = re.match(r"(?:[,;]\s|\s)?", body[at:]) if at else None
    return found.group() if found else ""


def _stretches(body: str, taken: Spans) -> Iterator[tuple[int, int]]:
    """Yield the stretches between commas, semicolons and parentheses; none ends within a limit or a parenthesis."""
    start, depth = 0, 0
    for index, letter in enumerate(body):
        cut = index
        if letter == "(":
            opens = depth == 0 and index > 0 and body[index - 1] == " " and _closes(body, index)
            depth += 1
            if not opens:
                continue
            cut = index - 1
        elif letter == ")":
            depth = max(0, depth - 1)
            continue
        elif depth or not (_ends_clause(body, index, taken) or _ends_aside(body, index, start)):
            continue
        if cut > start:
            yield start, cut
        start = cut
    if start < len(body):
        yield start, len(body)


def _ends_clause(body: str, index: int, taken: Spans) -> bool:
    return body[index] in ",;" and body[index + 1 : index + 2] == " " and not taken.cuts(index)


def _ends_aside(body: str, index: int, start: int) -> bool:
    return body[index] == " " and body[index - 1 : index] == ")" and body[start + 1 : start + 2] == "("


def _closes(body: str, index: int) -> bool:
    depth = 0
    for letter in body[index : index + _LONGEST_ASIDE]:
        depth += (letter == "(") - (letter == ")")
        if depth == 0:
            return True
    return False


def _cut(body: str, start: int, end: int, taken: Spans, *, first: bool) -> Iterator[tuple[int, int]]:
    """Yield the parts of a stretch: the noun, the material, and what surely is a clause of its own."""
    if body[start : start + 2] == " (":
        yield start, end
        return
    at = start
    if first:
        at = _noun_end(body, start, end, taken)
        yield start, at
        if re.match(r"\s(?:made\s)?(?:of|from)\s", body[at:end]):
            following = _next(_OPENER, body, at + 4, end, taken, skip=("of", "and", "from", "or"))
            if following < end and materials(body[at:following]):
                yield at, following
                at = following
    while at < end:
        following = _next(_STRONG, body, at + 2, end, taken)
        yield at, following
        at = following


def _noun_end(body: str, start: int, end: int, taken: Spans) -> int:
    at = _next(_OPENER, body, start + 1, end, taken)
    if _EMPTY.match(body[start:at]):
        at = _next(_OPENER, body, at + 1, end, taken, skip=("of", "for"))
    return at


def _next(opener: re.Pattern[str], body: str, at: int, end: int, taken: Spans, skip: tuple[str, ...] = ()) -> int:
    """Return where the next clause opens, `end` where none does; not at the words to skip, nor within a limit."""
    for match in opener.finditer(body, at, end):
        word = re.match(r"\w*", body[match.end() :])
        if (word is None or word.group() not in skip) and not taken.cuts(match.start()):
            if opener is _STRONG and _LEADS_ON.search(body, 0, match.start()):
                continue
            return match.start()
    if opener is _OPENER:  # a limit ends the noun too: “engines exceeding 5 kW”
        begins = [taken.spans[place][0] for place in taken.between(at + 2, end)]
        return next((place - 1 for place in begins if body[place - 1] == " "), end)
    return end


def _pieces(body: str, start: int, end: int, limits: list[Limit], taken: Spans) -> Iterator[str | Limit]:
    at = start
    for place in taken.between(start, end):
        limit = limits[place]
        if limit.end <= end:
            if limit.start > at:
                yield body[at : limit.start]
            yield limit
            at = limit.end
    if at < end:
        yield body[at:end]


def _kind(words: str, pieces: tuple[str | Limit, ...], *, first: bool) -> Kind:
    if first:
        return Kind.NOUN
    if words.startswith("("):
        return Kind.ASIDE
    if re.match(r"(?:made\s)?(?:of|from)\s", words) and not _NO_MATERIAL.match(words) and materials(words):
        return Kind.COMPOSITION if _PURE.search(words) else Kind.MATERIAL
    if pieces and isinstance(pieces[0], Limit):
        return Kind.COMPOSITION if _PURE.search(words) else Kind.LIMITS
    for kind, opens in _OPENS:
        if opens.match(words) and not (kind is Kind.USE and words.startswith(("for a ", "to "))):
            return kind
    if any(isinstance(piece, Limit) for piece in pieces):
        return Kind.COMPOSITION if _PURE.search(words) else Kind.LIMITS
    return Kind.OTHER
