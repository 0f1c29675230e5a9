"""Finds confidential values in public text, however they are written there (15 CFR 2006.15).

A figure is found as 2,100,000, 2100000, 2 100 000, $2.1m or 2.1 million; a name without regard to case, accents,
punctuation and order; a passage by any eleven of its words in a row. The text is read once, whatever the number of
values: its words are looked up in an index of the values' rarest words, its figures in a table.
"""

import hashlib
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

MIN_FIGURE = 10_000  # smaller ones (years, counts, percentages) occur by chance
MIN_LETTERS = 5
SHINGLE = 6  # words; aligned shingles of a value find every copied run of 2 * SHINGLE - 1 words
LONG = 12  # words from which a value is a passage, not a name
PIECE = 1 << 20  # characters read at a time
OVERLAP = 2_000
AROUND = 40
ROUNDING = 0.005  # "$7.07 million" states 7,071,234

_COMPANY_FORMS = """
inc incorporated llc llp lp ltd limited co corp corporation company gmbh ag sa spa srl bv nv pte pty plc kg
"""
_FORMS = frozenset(_COMPANY_FORMS.split())
_SCALE = r"(?:\s?(?:k|mm|mn|m|bn|thousand|million|billion)\b)?"
_SPACES = " '\u00a0\u2009\u202f"
_NUMBER = re.compile(rf"[0-9][0-9.,]*(?:[{_SPACES}][0-9]{{3}}(?![0-9]))*{_SCALE}", re.IGNORECASE)
_PARTS = re.compile(r"(?P<number>[0-9][0-9.,' \u00a0\u2009\u202f]*[0-9]|[0-9])[.,]?\s?(?P<scale>[a-z]*)", re.IGNORECASE)
_SCALES = {"": 1, "k": 10**3, "thousand": 10**3, "m": 10**6, "mm": 10**6, "mn": 10**6, "million": 10**6}
_SCALES |= {"bn": 10**9, "billion": 10**9}
_GROUPED = re.compile(r"[0-9]{1,3}(?:([,.' \u00a0\u2009\u202f])[0-9]{3})(?:\1[0-9]{3})*")
_PLAIN = re.compile(r"[0-9]+")
_DECIMAL = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)\.([0-9]{1,6})")
_SIGN = re.compile(r"(?:\$|usd)\s?$", re.IGNORECASE)
_AFTER = re.compile(r"\s?(?:usd|(?:us )?dollars)\b", re.IGNORECASE)
_ASCII_WORDS = {code: " " for code in range(128) if not chr(code).isalnum()}
_APART = re.compile(r"[\W_]+")
_MARKS = re.compile("[\u0300-\u036f]+")
_STROKES = str.maketrans("łŁøØđĐ", "lLoOdD")  # letters with no accent to take off


class Sort(StrEnum):
    """What a confidential value is; decides how it is looked for."""

    FIGURE = "figure"
    NAME = "name"  # in any order of its words
    PHRASE = "phrase"  # in order; a long one by its passages
    EMAIL = "email"
    PHONE = "phone"


@dataclass(frozen=True)
class Secret:
    """A confidential value: the key and label of the question it answers, never shown with the value itself."""

    source: str
    label: str
    value: str = field(repr=False)
    sort: Sort


@dataclass(frozen=True)
class Hit:
    """A secret found in a text. `excerpt` shows the words around it: for those who may read the value, nobody else."""

    secret: Secret
    excerpt: str = field(repr=False)


class Matcher:
    """Looks for many secrets in any number of texts.

    `allowed` are texts that the public may read anyhow (the requester's own name): a secret that one of them holds is
    not looked for. A secret too short to mean anything (a year, a small count, a two-letter word) is left out as well.
    """

    def __init__(self, secrets: Iterable[Secret], allowed: Iterable[str] = ()) -> None:
        self._figures: dict[int, list[Secret]] = {}
        # The rarest word of a run gives the lengths and offsets to cut at; the run that is cut there gives the secrets.
        self._cuts: dict[str, set[tuple[int, int]]] = {}
        self._runs: dict[tuple[str, ...], dict[Secret, None]] = {}
        self._names: dict[str, list[tuple[Secret, frozenset[str]]]] = {}
        known = [f" {' '.join(words(text))} " for text in allowed]
        for secret in dict.fromkeys(secrets):
            if secret.sort is Sort.FIGURE:
                self._add_figure(secret)
            elif not any(f" {' '.join(words(secret.value))} " in text for text in known):
                self._add_words(secret)
        self._amounts = sorted(self._figures)

    def __bool__(self) -> bool:
        return bool(self._figures or self._runs or self._names)

    def find(self, text: str) -> list[Hit]:
        """Return the secrets that the text gives away, each once, with the first place where it does."""
        found: dict[Secret, Hit] = {}
        for piece in _pieces(text):
            for hit in (*self._figures_in(piece), *self._words_in(piece)):
                found.setdefault(hit.secret, hit)
        return list(found.values())

    def _add_figure(self, secret: Secret) -> None:
        digits = re.sub(r"[^0-9]", "", secret.value.split(".")[0])
        if digits and len(digits) <= 18 and int(digits) >= MIN_FIGURE:
            self._figures.setdefault(int(digits), []).append(secret)

    def _add_words(self, secret: Secret) -> None:
        said = words(secret.value)
        if secret.sort is Sort.PHONE:
            for variant in _telephone(secret.value):
                self._add_run(secret, variant)
        elif secret.sort is Sort.EMAIL:
            for variant in _address(secret.value):
                self._add_run(secret, variant)
        elif len(said) >= LONG:
            for start in range(0, len(said) - SHINGLE + 1, SHINGLE):
                self._add_run(secret, said[start : start + SHINGLE])
        else:
            self._add_short(secret, said)
            joined = words(re.sub("['’]", "", secret.value))
            if joined != said:
                self._add_short(secret, joined)

    def _add_short(self, secret: Secret, said: list[str]) -> None:
        core = [word for word in said if word not in _FORMS] if secret.sort is Sort.NAME else said
        letters = sum(len(word) for word in core)
        if (letters < MIN_LETTERS and not (core and not "".join(core).isascii())) or "".join(core).isdigit():
            return
        if secret.sort is Sort.NAME and 1 < len(core) <= 5:
            anchor = max(core, key=len)
            self._names.setdefault(anchor, []).append((secret, frozenset(core)))
        else:
            self._add_run(secret, core)

    def _add_run(self, secret: Secret, run: Sequence[str]) -> None:
        if run:
            place = max(range(len(run)), key=lambda index: len(run[index]))
            self._cuts.setdefault(run[place], set()).add((len(run), place))
            self._runs.setdefault(tuple(run), {})[secret] = None

    def _figures_in(self, text: str) -> Iterator[Hit]:
        if not self._figures:
            return
        for written in set(_NUMBER.findall(text)):
            for amount, bare in self._stated(written):
                place = _place_of(text, written, bare)
                if place >= 0:
                    for secret in self._figures[amount]:
                        yield Hit(secret, _excerpt(text, place, place + len(written)))

    def _stated(self, written: str) -> Iterator[tuple[int, bool]]:
        """Yield the secret amounts that a figure as written may state, and whether it does so without a dollar sign."""
        for value, scale, significant in _readings(written):
            if scale:
                slack = value * ROUNDING if significant >= 2 else 0
                for amount in self._amounts[bisect_left(self._amounts, value - slack) :]:
                    if amount > value + slack:
                        break
                    yield amount, scale not in ("m", "mm", "k")  # meters, millimeters and kelvin otherwise
            elif value in self._figures:  # a bare round number such as 10,000 may be a rating
                yield int(value), significant >= 4 or value >= 1_000_000

    def _words_in(self, text: str) -> Iterator[Hit]:
        if not self._runs and not self._names:
            return
        said = words(text)
        anchors = self._cuts.keys() | self._names.keys()
        for place, word in enumerate(said):
            if word not in anchors:
                continue
            for length, offset in self._cuts.get(word, ()):
                start = place - offset
                for secret in self._runs.get(tuple(said[start : start + length]), ()) if start >= 0 else ():
                    yield Hit(secret, " ".join(said[max(0, start - 6) : start + length + 6]))
            for secret, name in self._names.get(word, ()):
                if _in_any_order(said, place, name):
                    yield Hit(secret, " ".join(said[max(0, place - 8) : place + 9]))


def hit_id(place: str, secret: Secret) -> str:
    """Return a short name of "this secret in this place", by which it can be settled; it tells nothing of the value."""
    return hashlib.sha256("\n".join((place, secret.source, secret.sort, secret.value)).encode()).hexdigest()[:24]


def words(text: str) -> list[str]:
    """Return the words of a text without case, accents and punctuation."""
    if text.isascii():
        return text.lower().translate(_ASCII_WORDS).split()
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", text.translate(_STROKES))).casefold()
    return _APART.sub(" ", plain).split()


def _in_any_order(said: Sequence[str], place: int, name: frozenset[str]) -> bool:
    """Whether all words of a name stand together around a place, with at most one other word among them."""
    width = len(name) + 1
    return any(name <= set(said[start : start + width]) for start in range(max(0, place - width + 1), place + 1))


def _pieces(text: str) -> Iterator[str]:
    """Yield the text in pieces that overlap, so that a long document does not fill the memory with its words."""
    start = 0
    while True:
        yield text[start : start + PIECE + OVERLAP]
        start += PIECE
        if start >= len(text):
            return


def _place_of(text: str, written: str, bare: bool) -> int:
    """Return where a figure stands in a text, -1 when nowhere: as part of a longer one, or without a needed "$"."""
    for match in re.finditer(rf"(?<![\w.,]){re.escape(written)}(?![0-9])", text):
        if bare or _SIGN.search(text[max(0, match.start() - 5) : match.start()]) or _AFTER.match(text, match.end()):
            return match.start()
    return -1


def _readings(written: str) -> Iterator[tuple[float, str, int]]:
    """Yield what a written figure may mean: (amount, the scale word that gave it or "", significant digits)."""
    match = _PARTS.fullmatch(written)
    if match is None:
        return
    number, scale = match["number"].strip(_SPACES), match["scale"].lower()
    if not _GROUPED.fullmatch(number):
        *apart, number = re.split(f"[{_SPACES}]", number)
        for part in apart:
            yield from _readings(part)
    factor = _SCALES[scale]
    decimal = _DECIMAL.fullmatch(number)
    if decimal:
        whole, part = decimal[1].replace(",", ""), decimal[2]
        value = round(float(f"{whole}.{part}") * factor, 2)
        yield value if scale else float(int(value)), scale, len(f"{whole}{part}".strip("0"))
    if _PLAIN.fullmatch(number) or _GROUPED.fullmatch(number):
        digits = re.sub(r"[^0-9]", "", number)
        if len(digits) <= 18:
            yield int(digits) * factor, scale, len(digits.strip("0"))


def _telephone(value: str) -> list[list[str]]:
    """Return the ways in which a telephone number falls into words: as one, or apart."""
    digits = re.sub(r"[^0-9]", "", value)
    if len(digits) < 7:
        return []
    last = digits[-10:]
    ways = [[digits], [last], [f"1{last}"]]
    if len(last) == 10:
        ways += [[last[:3], last[3:6], last[6:]], [last[:3], last[3:]], [last[:6], last[6:]]]
    written = words(value)
    return [*ways, written] if len(written) > 1 else ways


def _address(value: str) -> list[list[str]]:
    """Return an e-mail address as words, also spelled with "at" and "dot"."""
    user, _, host = value.partition("@")
    plain = words(value)
    spelled = [*words(user), "at", *[part for word in words(host) for part in ("dot", word)][1:]]
    return [plain, [*words(user), "at", *words(host)], spelled] if host else [plain]


def _excerpt(text: str, start: int, end: int) -> str:
    left, right = max(0, start - AROUND), min(len(text), end + AROUND)
    return f"{'…' if left else ''}{' '.join(text[left:right].split())}{'…' if right < len(text) else ''}"
