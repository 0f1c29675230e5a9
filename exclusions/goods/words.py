"""What makes a query and a text comparable: case, American spelling, singulars, and no words that say nothing."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

MOST_TERMS = 12
LONGEST = 40
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_APOSTROPHES = dict.fromkeys(map(ord, "\u2019\u02bc"), "'")
_SPLIT_DIGITS = re.compile(r"(?<=\d)(?=[a-z]{2})|(?<=[a-z]{2})(?=\d)")

# Words that a text and a query have in common without meaning the same goods.
_EMPTY = """
a an and any are article articles as at be best but buy by chapter cheap contain containing described e
elsewhere etc find for from g goods has have having heading headings i if in include included including into is
it item items its kind kinds like my need nes nesoi new not note of on or other others our over pc pcs per piece
pieces please product products provided sale set sets similar some specified subheading such than that the their
them thereof these they thing things this those to type types under use used using via want was whether which
whose will with within without your
"""
EMPTY = frozenset(_EMPTY.split())
BRITISH = {
    "aluminium": "aluminum",
    "armour": "armor",
    "axe": "ax",
    "catalogue": "catalog",
    "centre": "center",
    "cheque": "check",
    "colour": "color",
    "coloured": "colored",
    "colouring": "coloring",
    "cosy": "cozy",
    "doughnut": "donut",
    "draught": "draft",
    "fibre": "fiber",
    "fibreglass": "fiberglass",
    "flavour": "flavor",
    "flavoured": "flavored",
    "grey": "gray",
    "gramme": "gram",
    "harbour": "harbor",
    "jewellery": "jewelry",
    "kerb": "curb",
    "licence": "license",
    "litre": "liter",
    "lustre": "luster",
    "metre": "meter",
    "mould": "mold",
    "moulded": "molded",
    "moulding": "molding",
    "moustache": "mustache",
    "omelette": "omelet",
    "plough": "plow",
    "programme": "program",
    "pyjama": "pajama",
    "sceptre": "scepter",
    "spectre": "specter",
    "storey": "story",
    "sulphate": "sulfate",
    "sulphide": "sulfide",
    "sulphur": "sulfur",
    "sulphuric": "sulfuric",
    "theatre": "theater",
    "tyre": "tire",
    "vapour": "vapor",
    "vice": "vise",
    "yoghurt": "yogurt",
    "whisky": "whiskey",
    "woollen": "woolen",
}
# Plurals that no rule turns, and words that only look like plurals.
ODD = {
    "alumni": "alumnus",
    "calves": "calf",
    "children": "child",
    "dice": "die",
    "feet": "foot",
    "geese": "goose",
    "halves": "half",
    "hooves": "hoof",
    "knives": "knife",
    "leaves": "leaf",
    "lice": "louse",
    "lives": "life",
    "loaves": "loaf",
    "men": "man",
    "mice": "mouse",
    "scarves": "scarf",
    "shelves": "shelf",
    "teeth": "tooth",
    "thieves": "thief",
    "wolves": "wolf",
    "women": "woman",
    "wives": "wife",
    "matrices": "matrix",
    "indices": "index",
    "vertices": "vertex",
    "tomatoes": "tomato",
    "potatoes": "potato",
    "mangoes": "mango",
    "heroes": "hero",
    "echoes": "echo",
    "torpedoes": "torpedo",
    "axes": "ax",
    "shoes": "shoe",
    "canoes": "canoe",
    "toes": "toe",
    "hoes": "hoe",
    "movies": "movie",
    "cookies": "cookie",
    "brownies": "brownie",
    "smoothies": "smoothie",
    "hoodies": "hoodie",
    "beanies": "beanie",
    "ties": "tie",
    "pies": "pie",
    "dies": "die",
    "headphones": "headphone",
    "gases": "gas",
    "buses": "bus",
    "lenses": "lens",
    "lense": "lens",
    "glasses": "glasses",
    "scissors": "scissor",
    "pliers": "plier",
    "tweezers": "tweezer",
    "clothes": "clothes",
    "binoculars": "binocular",
    "series": "series",
    "species": "species",
    "news": "news",
    "plus": "plus",
    "molasses": "molasses",
    "asparagus": "asparagus",
    "canvas": "canvas",
    "christmas": "christmas",
    "atlas": "atlas",
    "gps": "gps",
    "abs": "abs",
    "usb": "usb",
    "tights": "tights",
    "shorts": "shorts",
    "briefs": "briefs",
    "overalls": "overalls",
    "jeans": "jean",
    "odds": "odds",
    "thermos": "thermos",
    "haggis": "haggis",
    "cutlass": "cutlass",
}


def words_of(text: str) -> list[str]:
    """Return the words of a text in their order: lower case, without accents and marks, at most 40 letters."""
    folded = text.casefold()
    if not folded.isascii():
        apart = unicodedata.normalize("NFKD", folded.translate(_APOSTROPHES))
        folded = "".join(letter for letter in apart if not unicodedata.combining(letter)).casefold()
    found: list[str] = []
    for word in _WORD.findall(folded):
        plain = word.replace("'s", "").replace("'", "")
        found.extend(part[:LONGEST] for part in _SPLIT_DIGITS.split(plain) if part)
    return found


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """Return what a word and its plural and British spelling have in common; the word is in lower case."""
    known = ODD.get(word)
    if known is None:
        known = _singular(word)
    return BRITISH.get(known, known)


def _singular(word: str) -> str:
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zzes", "oes")):
        return word[:-2]
    return word[:-1]


def stems(words: Iterable[str]) -> list[str]:
    """Return the stems of the words that say something, in their order, each once."""
    kept = dict.fromkeys(stem(word) for word in words if word not in EMPTY)
    return [word for word in kept if word not in EMPTY and (len(word) > 1 or word.isdigit())]


def terms(text: str) -> list[str]:
    """Return the stems of a text that say something, in their order, each once."""
    return stems(words_of(text))
