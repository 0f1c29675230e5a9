"""Goods said in Spanish: what makes a query and a shipped phrase comparable, and when a query is read in Spanish."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from exclusions.goods.words import stem

MARK = "~"  # before each Spanish stem, so that it never meets an English one
SHORTEST = 4  # letters: a shorter word keeps its ending
_LITTLE = """
a al ante como con cual de del desde e el en entre es esta este hasta la las lo los me mi mis muy no o para por que se
sin sobre su sus tipo tipos u un una unas uno unos y
"""
SPANISH_LITTLE = frozenset(_LITTLE.split())  # words that say nothing of goods
_OF_A_GENDER = ("ic", "ad", "id", "iv", "os")  # “eléctrico” and “eléctrica”, “usado” and “usada”


def spanish_stem(word: str) -> str:
    """Return what a Spanish word, its plural and the gender of an adjective have in common, after the mark.

    The word is in lower case and without accents: “luz” and “luces”, “sartén” and “sartenes” give the same.
    """
    plain = word
    if len(plain) >= SHORTEST and plain.endswith("s"):
        plain = plain[:-1]
    if len(plain) >= SHORTEST and plain.endswith("e"):
        plain = plain[:-1]
    if plain.endswith("z"):
        plain = f"{plain[:-1]}c"
    if len(plain) > 6 and plain[-1] in "oa" and plain[-3:-1] in _OF_A_GENDER:
        plain = plain[:-1]
    return f"{MARK}{plain}"


def spanish_terms(words: Iterable[str]) -> list[str]:
    """Return the Spanish stems of the words that say something, in their order, each once."""
    return list(dict.fromkeys(spanish_stem(word) for word in words if word not in SPANISH_LITTLE))


def read_in_spanish(words: Sequence[str], english: Mapping[str, object], spanish: Collection[str]) -> list[str]:
    """Return the Spanish stems by which the words are read, the one that says what the thing is first; else none.

    They are read in Spanish where Spanish knows a word that English does not. `english` are the stems that English
    knows, `spanish` those that Spanish does.
    """
    strange = [word for word in words if stem(word) not in english and word not in SPANISH_LITTLE]
    if not any(spanish_stem(word) in spanish for word in strange):
        return []
    return [term for term in spanish_terms(words) if term in spanish]
