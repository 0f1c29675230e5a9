"""What of a text of the schedule names goods that are in it: what it excludes is cut, inverted names are turned."""

import re

from exclusions.goods.words import terms, words_of

# What a text leaves out, cut as tightly as it can be: to the end of its brackets, else to the next mark.
_OUT = r"(?:other than|except(?:ing)?(?: for)?|excluding|excepted|not including|but not|not containing|without)"
_BRACKETED = re.compile(rf"\(\s*(?:{_OUT})\b[^()]*\)", re.IGNORECASE)
_FREE = re.compile(rf"(?:,\s*)?\b(?:{_OUT})\b[^,;:()]*", re.IGNORECASE)
_REFERENCE = re.compile(
    r"\b(?:of|in|under|within)?\s*(?:sub)?(?:headings?|chapters?|notes?)\s+[0-9][0-9., ]*(?:(?:to|or|and)\s+[0-9.]+)*",
    re.IGNORECASE,
)
_SAYS_NOTHING = re.compile(
    r"\b(?:parts? (?:and accessories )?thereof|and parts thereof|whether or not [^,;:()]*|not elsewhere specified or "
    r"included|not elsewhere specified|of a kind used (?:primarily |principally )?(?:for|in|with)|of the following "
    r"kinds?|and the like|for example)",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"\b(?:for|of|with|from|in|without|containing|made|having|to|on|by|against|and|or)\b")


def affirmed(text: str) -> str:
    """Return the text without what it says is not in it, and without references to other places of the schedule."""
    before = None
    while before != text:
        before, text = text, _BRACKETED.sub(" ", text)
    text = _FREE.sub(" ", text)
    return _SAYS_NOTHING.sub(" ", _REFERENCE.sub(" ", text))


def turned(phrase: str) -> str:
    """Return a name as people say it: “teddy bears, stuffed” gives “stuffed teddy bears”."""
    name, comma, rest = phrase.partition(",")
    return f"{rest.strip()} {name.strip()}" if comma and rest.strip() and "," not in rest else phrase


def head(phrase: str) -> str:
    """Return the stem of the word that says what a thing is: the last one before “for”, “of”, “with” and the like.

    Empty where the phrase has no word that says something.
    """
    spoken = " ".join(words_of(turned(phrase)))
    first = _BEFORE.split(spoken, maxsplit=1)[0]
    said = terms(first) or terms(spoken)
    return said[-1] if said else ""
