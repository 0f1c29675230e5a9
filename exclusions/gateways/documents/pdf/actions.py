"""What makes a PDF do something by itself, or carry another file: looked for in its objects, by no spelling of theirs.

pikepdf gives a name as it is meant (/J#61vaScript is /JavaScript), and what stands within packed objects. Bytes of a
picture that happen to read "/JS(" are no object.
"""

import re
from typing import Any, BinaryIO

import pikepdf

# Keys that start a program or hold a file; actions that do, by their /S; kinds of annotation that play something.
_KEYS = {"/JS", "/JavaScript", "/XFA", "/EmbeddedFiles", "/EF", "/RichMediaContent", "/RichMediaSettings"}
_ACTIONS = {
    "/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/Rendition", "/RichMediaExecute",
    "/Movie", "/Sound",
}  # fmt: skip
_KINDS = {"/RichMedia", "/FileAttachment", "/Movie", "/Sound", "/Screen", "/3D"}
_TYPES = {"/EmbeddedFile", "/Filespec"}
# A quick look at what an object says in its normal spelling; only where it fits are the entries looked at one by one.
_LIKELY = re.compile(
    rb"/(JS|JavaScript|XFA|EmbeddedFiles?|EF|RichMedia\w*|Launch|ImportData|SubmitForm|GoToE|Rendition|Movie"
    rb"|Sound|FileAttachment|Screen|3D|AA|OpenAction)\b"
)
_DEEPEST = 200


def acts_by_itself(stream: BinaryIO) -> bool:
    """Say whether a PDF holds a script, a file, or an action that nobody asked for.

    Raises pikepdf.PdfError or PasswordError when it is damaged or locked, ValueError when it is nested too deeply.
    """
    stream.seek(0)
    with pikepdf.open(stream) as document:
        return any(_LIKELY.search(_spelled(thing)) and _acts(thing, 0) for thing in document.objects)


def _spelled(thing: Any) -> bytes:
    if isinstance(thing, pikepdf.Stream):
        return bytes(thing.stream_dict.unparse(resolved=True))
    return bytes(thing.unparse(resolved=True)) if isinstance(thing, pikepdf.Object) else b""


def _acts(thing: Any, depth: int) -> bool:
    if depth > _DEEPEST:
        raise ValueError("It is nested too deeply.")
    if isinstance(thing, pikepdf.Array):
        return any(_acts(item, depth + 1) for item in thing if _is_open(item))
    if not isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        return False
    names = set(thing.keys())
    if names & _KEYS or _is(thing, "/S", _ACTIONS) or _is(thing, "/Subtype", _KINDS):
        return True
    if _is(thing, "/Type", _TYPES) and ("/EF" in names or isinstance(thing, pikepdf.Stream)):
        return True
    return any(_acts(thing[name], depth + 1) for name in names if _is_open(thing[name]))


def _is(thing: Any, key: str, among: set[str]) -> bool:
    return isinstance(thing.get(key), pikepdf.Name) and str(thing.get(key)) in among


def _is_open(thing: Any) -> bool:
    """Whether it is held here, and not an object that is met by itself."""
    return not getattr(thing, "is_indirect", False)
