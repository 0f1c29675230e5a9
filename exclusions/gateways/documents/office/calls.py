"""What of a field, a formula or an address starts a program or fetches something, as the end of a sentence."""

import re
from urllib.parse import unquote

DDE = "has a field or formula that starts another program. Replace it by its value and attach that."
_FIELD = re.compile(
    r"[\s\\\"]*(DDEAUTO|DDE|INCLUDEPICTURE|INCLUDETEXT|INCLUDE|IMPORT|LINK|DATABASE|RD)\b", re.IGNORECASE
)
_LINK_FIELD = re.compile(r"\s*HYPERLINK\s+(.*)", re.IGNORECASE | re.DOTALL)
_SWITCH = re.compile(r"\\[a-z]\b", re.IGNORECASE)
# Functions that ask other machines or run what is no formula; Excel writes the newer ones with a prefix.
_FUNCTION = re.compile(
    r"(?<![\w.])(?:_xl\w{2}\.)?(DDE|WEBSERVICE|RTD|IMAGE|STOCKHISTORY|CALL|REGISTER(?:\.ID)?|EXEC|PY|TRANSLATE"
    r"|DETECTLANGUAGE|COPILOT|SQL\.REQUEST|EUROCONVERT)\s*\(",
    re.IGNORECASE,
)
_LINKING = re.compile(r"\bHYPERLINK\s*\(", re.IGNORECASE)
_QUOTED = re.compile(r"""\"[^\"]*\"|'[^']*'""")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_HARMLESS = {"http", "https", "mailto", "tel"}
_BLANK = re.compile(r"[\x00-\x20\x7f]+")
_SHOWN = 30  # characters of a name that is shown


def of_field(code: str) -> str:
    """Return what is wrong with the code of a Word field; "" for nothing."""
    found = _FIELD.match(code)
    if found is not None:
        name = found[1].upper()
        return DDE if name.startswith("DDE") else _fetching("field", name)
    link = _LINK_FIELD.match(code)
    return of_address(_SWITCH.split(link[1])[0].strip().strip('"').replace("\\\\", "\\")) if link else ""


def of_formula(formula: str) -> str:
    """Return what is wrong with a formula; "" for nothing. No call but one of DDE has a bar outside quotation marks."""
    bare = _QUOTED.sub("", formula)
    found = _FUNCTION.search(bare)
    if "|" in bare or (found and found[1].upper() == "DDE"):
        return DDE
    if found:
        return _fetching("formula", found[1].upper())
    quoted = [text[1:-1] for text in _QUOTED.findall(formula)]
    if any(_is_of_a_server(text) for text in quoted if formula.count("\\")):
        return of_address("\\\\")
    return next(filter(None, map(of_address, quoted)), "") if _LINKING.search(bare) else ""


def of_address(address: str) -> str:
    """Return what is wrong with where a link leads; "" for a web address, mail, telephone and places in the file."""
    plain = _BLANK.sub("", unquote(address))
    if _is_of_a_server(plain):
        return (
            "names a file on another machine (\\\\…), and opening it would sign its reader in there. "
            "Remove that link and attach the file again."
        )
    found = _SCHEME.match(plain)
    if found is None or found[1].lower() in _HARMLESS:
        return ""
    return (
        f"has a link that opens a program or a file ({found[1][:_SHOWN].lower()}:). "
        "Remove that link or put a web address in its place, and attach the file again."
    )


def _is_of_a_server(address: str) -> bool:
    return address.startswith(("\\\\", "//", "\\/", "/\\"))


def _fetching(what: str, name: str) -> str:
    return (
        f"has a {what} that takes something from another file or address ({name}). "
        "Replace it by its value and attach the file again."
    )
