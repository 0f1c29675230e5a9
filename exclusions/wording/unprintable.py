"""Characters that nobody can see or type: no table, feed or letter can hold some of them, and no address needs any.

TAB, CR and LF are no such characters in a text; in the path of an address they are.
"""

import re

_IN_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_IN_PATH = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def is_address(path: str) -> bool:
    """Say whether a path may be an address at all."""
    return _IN_PATH.search(path) is None


def unprintable(text: str) -> str:
    """Return the name of the first character of a text that cannot be shown, such as U+0001; "" for none."""
    found = _IN_TEXT.search(text)
    return f"U+{ord(found.group()):04X}" if found else ""


def printable(text: str) -> str:
    """Return a text without what cannot be shown."""
    return _IN_TEXT.sub("", text)
