"""What a product name says, taken apart: words, part numbers, measures. Two names are compared by these alone."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

# The portal of 2018 to 2020 cut names at this many characters; what stood after it is lost.
CUT_AT = 40


def _all(words: str) -> frozenset[str]:
    return frozenset(words.split())


_LINKING = _all("a an and as at by for from in of on or the to use used using w with")
_EMPTY = _all(
    "all attached attachment assorted automobile automotive brand certain fully item items letter made misc model "
    "models na please premium product products quality see style tbd type unit units various"
)
_LEGAL = _all("co company corp corporation inc incorporated limited llc llp lp ltd plc the")
_WRITTEN_SHORT = {
    "adj": ("adjustable",),
    "al": ("aluminum",),
    "alum": ("aluminum",),
    "aluminium": ("aluminum",),
    "asm": ("assembly",),
    "assy": ("assembly",),
    "centre": ("center",),
    "colour": ("color",),
    "cvx": ("convex",),
    "elec": ("electric",),
    "electrical": ("electric",),
    "fibre": ("fiber",),
    "flr": ("floor",),
    "gfci": ("ground", "fault", "circuit", "interrupter"),
    "grey": ("gray",),
    "hd": ("heavy", "duty"),
    "hvy": ("heavy",),
    "hyd": ("hydraulic",),
    "lcd": ("liquid", "crystal", "display"),
    "mtr": ("motor",),
    "moulded": ("molded",),
    "pcb": ("printed", "circuit", "board"),
    "pcba": ("printed", "circuit", "board", "assembly"),
    "pcbs": ("printed", "circuit", "board"),
    "pkg": ("package",),
    "pu": ("polyurethane",),
    "pvc": ("polyvinyl", "chloride"),
    "ss": ("stainless", "steel"),
    "stl": ("steel",),
    "sulphate": ("sulfate",),
    "tyre": ("tire",),
    "tyres": ("tire",),
    "vac": ("vacuum",),
}
_ODD_PLURALS = {
    "buses": "bus",
    "gases": "gas",
    "halves": "half",
    "knives": "knife",
    "leaves": "leaf",
    "lens": "lens",
    "lenses": "lens",
    "shelves": "shelf",
}
_NUMBER = r"(?:\d+(?:,\d{3})+(?:\.\d+)?|\d+[- ]\d+/\d+|\d+/\d+|\d*\.\d+|\d+)"
# Each unit as it is written, the quantity that it measures, and how many of the first unit it is.
_UNITS: dict[str, tuple[str, float]] = {
    written: (quantity, size)
    for quantity, size, forms in (
        ("mm", 1, "mm millimeter millimeters"),
        ("mm", 10, "cm centimeter centimeters"),
        ("mm", 1000, "meter meters"),
        ("mm", 25.4, 'in inch inches "'),
        ("mm", 304.8, "ft foot feet '"),
        ("g", 1, "gram grams"),
        ("g", 1000, "kg kilogram kilograms"),
        ("g", 453.59237, "lb lbs pound pounds"),
        ("oz", 1, "oz ounce ounces"),
        ("ton", 1, "ton tons"),
        ("ml", 1, "ml milliliter milliliters"),
        ("ml", 1000, "liter liters litre litres"),
        ("ml", 3785.411784, "gal gallon gallons"),
        ("ml", 946.352946, "qt quart quarts"),
        ("V", 1, "v vdc vac volt volts"),
        ("W", 1, "w watt watts"),
        ("W", 1000, "kw kilowatt kilowatts"),
        ("A", 1, "amp amps ampere amperes"),
        ("mAh", 1, "mah"),
        ("Hz", 1, "hz"),
        ("hp", 1, "hp horsepower"),
        ("bar", 1, "bar"),
        ("psi", 1, "psi"),
        ("gauge", 1, "ga gauge awg"),
        ("degree", 1, "deg degree degrees"),
        ("micron", 1, "micron microns"),
        ("percent", 1, "% percent"),
        ("piece", 1, "pc pcs piece pieces"),
        ("pack", 1, "pk pack packs"),
    )
    for written in forms.split()
}
_UNIT = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
_MEASURE = re.compile(
    rf"(?P<bound>\b(?:up to|not (?:over|exceeding|more than)|at most|less than|under|at least|not less than|over|"
    rf"more than|exceeding)\s+|[<>]\s*)?"
    rf"(?<![\w./-])(?P<low>{_NUMBER})(?:\s*(?:to|-)\s*(?P<high>{_NUMBER}))?(?:\s*|-)(?P<unit>{_UNIT})(?!\w)"
)
_FLOORS = ("at least", "not less", "over", "more", "exceeding", ">")
_STRICT = ("less", "under", "over", "more", "exceeding", "<", ">")
_ACROSS = re.compile(r"(?<=\d)\s*[\"']?\s*[x\u00d7]\s*(?=[\d.])")
_TOKEN = re.compile(r"[^\W_]+(?:[-./#*'][^\W_]+)*")
_CAS_NUMBER = re.compile(r"\d{2,7}-\d{2}-\d\b")
# The last one may be cut off with the name.
_CAS = re.compile(r"\bcas\b(?:[\s#.:]|nos?\b|numbers?\b|and\b|registry\b|\d{1,7}(?:-\d{0,2}(?:-\d?)?)?)*")
# Some catalogues write a model of letters alone so: [TVWALFB].
_BRACKETED = re.compile(r"\[([^\]]*[^\W_][^\]]*)\]")
_DIGIT = re.compile(r"\d")
_BETWEEN = re.compile(r"(?!(?<=\d)[./]\d)[\W_]")
_LETTERS = re.compile(r"[^\W\d_]+")
# Marks of trade are nothing; curved quotes are straight ones, which are feet and inches; long dashes are short.
_PLAIN = str.maketrans(
    {0xA9: " ", 0xAE: " ", 0x2122: " "}
    | dict.fromkeys((0x201C, 0x201D, 0x2033), '"')
    | dict.fromkeys((0x2018, 0x2019, 0x2032), "'")
    | dict.fromkeys((0x2013, 0x2014), "-")
)


@dataclass(frozen=True, slots=True)
class Measure:
    """How much of a quantity, from low to high in its first unit; None where that side is open."""

    quantity: str
    low: float | None
    high: float | None

    def meets(self, other: "Measure") -> bool:
        """Whether both are of one quantity and some value is in both."""
        return (
            self.quantity == other.quantity
            and (self.low is None or other.high is None or self.low <= other.high)
            and (self.high is None or other.low is None or other.low <= self.high)
        )

    def __str__(self) -> str:
        bounds = [f"{bound:g}" for bound in (self.low, self.high) if bound is not None]
        if self.low is None or self.high is None:
            return f"{'at most' if self.low is None else 'at least'} {bounds[0]} {self.quantity}"
        return f"{' to '.join(dict.fromkeys(bounds))} {self.quantity}"


@dataclass(frozen=True, slots=True)
class Said:
    """A name taken apart. `letters` are its letters and digits; `words` its stems, sorted; `run` the same in order.

    `codes` are part and model numbers and other figures that measure nothing; `cas` are CAS registry numbers.
    """

    letters: str
    words: tuple[str, ...]
    run: str
    codes: frozenset[str]
    cas: frozenset[str]
    measures: frozenset[Measure]
    cut: bool

    def without_brand(self, organization: Sequence[str]) -> "Said":
        """Return the name without the words of an organization's name that it begins with, as long as two stay."""
        brand = ""
        left_out = set()
        for word in map(_stem, organization):
            if not self.run.startswith(brand + word):
                break
            brand += word
            left_out.add(word)
        kept = tuple(word for word in self.words if word not in left_out)
        return replace(self, words=kept, run=self.run[len(brand) :]) if 1 < len(kept) < len(self.words) else self

    @property
    def says(self) -> bool:
        """Whether anything of the product is said."""
        return bool(self.words or self.codes or self.cas)

    @property
    def only_a_code(self) -> bool:
        """Whether the name is a part number and nothing else."""
        return bool(self.codes) and not any(len(word) > 2 for word in self.words)


@lru_cache(maxsize=16_384)
def parse_name(name: str) -> Said:
    """Return the words, codes and measures of a product name. “See attached” names no product and has none."""
    plain = _plain(name)
    cas = frozenset(number for found in _CAS.finditer(plain) for number in _CAS_NUMBER.findall(found.group()))
    rest = _CAS.sub(" ", plain)
    measures = frozenset(_measures(rest))
    rest = _MEASURE.sub(" ", rest) if measures else rest
    codes = {_bare(inside) for inside in _BRACKETED.findall(rest)}
    rest = _BRACKETED.sub(" ", rest).replace("w/o", "without")
    spoken: list[str] = []
    for token in _TOKEN.findall(rest):
        if _DIGIT.search(token):
            codes.add(_bare(token))
        else:
            spoken.extend(_LETTERS.findall(token))
    stems = list(_stems(spoken))
    return Said(
        letters=_bare(plain),
        words=tuple(sorted(stems)),
        run="".join(stems),
        codes=frozenset(codes),
        cas=cas,
        measures=measures,
        cut=len(name.strip()) == CUT_AT,
    )


@lru_cache(maxsize=1_024)
def folded(text: str) -> str:
    """Return a text in lower case, with single blanks."""
    return " ".join(text.casefold().split())


@lru_cache(maxsize=1_024)
def measures(text: str) -> frozenset[Measure]:
    """Return the measures that a text states."""
    return frozenset(_measures(_plain(text)))


@lru_cache(maxsize=4_096)
def organization(name: str) -> tuple[str, ...]:
    """Return the words of an organization's name in lower case, without marks and its legal form."""
    return tuple(word for word in _LETTERS.findall(_plain(name)) if word not in _LEGAL)


def _plain(name: str) -> str:
    kept = name.casefold()
    if not name.isascii():
        folded = unicodedata.normalize("NFKD", name.translate(_PLAIN)).casefold()
        kept = "".join(character for character in folded if not unicodedata.combining(character))
    return _ACROSS.sub("x", kept.replace("\u2044", "/"))


def _bare(text: str) -> str:
    """Return the letters and digits, and the points and strokes between digits: 1/2 is not 12."""
    return _BETWEEN.sub("", text)


def _measures(plain: str) -> Iterator[Measure]:
    for found in _MEASURE.finditer(plain):
        quantity, size = _UNITS[found["unit"]]
        low = _value(found["low"]) * size
        high = _value(found["high"]) * size if found["high"] else low
        bound = (found["bound"] or "").strip()
        # What is under 14 is not 14: a thousandth of the unit less.
        edge = 0.001 if bound.startswith(_STRICT) else 0.0
        if bound.startswith(_FLOORS):
            yield Measure(quantity, round(low, 3) + edge, None)
        elif bound:
            yield Measure(quantity, None, round(high, 3) - edge)
        else:
            yield Measure(quantity, round(min(low, high), 3), round(max(low, high), 3))


def _value(written: str) -> float:
    total = 0.0
    for part in re.split(r"[- ]", written.replace(",", "")):
        above, _, below = part.partition("/")
        total += float(above) / (float(below or 1) or 1)
    return total


def _stems(spoken: list[str]) -> Iterator[str]:
    initials = "".join(word[0] for word in spoken)
    for word in spoken:
        # An abbreviation of words beside it: “liquid crystal display (LCD)”, “polyvinyl chloride (PVC)”.
        meant = _WRITTEN_SHORT.get(word) or (_stem(word),)
        explained = 2 < len(word) < 6 and (
            (word in initials and len(word) < len(spoken)) or (len(meant) > 1 and set(spoken).issuperset(meant))
        )
        if not explained and word not in _LINKING and word not in _EMPTY:
            yield from meant


def _stem(word: str) -> str:
    if word in _ODD_PLURALS:
        return _ODD_PLURALS[word]
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith("ie"):
        return word[:-2] + "y"
    if len(word) > 4 and word.endswith(("sses", "xes", "ches", "shes", "zzes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
