"""What makes a PDF do something by itself, or carry another file: looked for in its objects, by no spelling of theirs.

pikepdf gives a name as it is meant (/J#61vaScript is /JavaScript), and what stands within packed objects. Bytes of a
picture that happen to read "/JS(" are no object.
"""

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

import pikepdf

from exclusions.gateways.documents.pdf.objects import looked_through, spelled

# Keys that start a program or hold a file; actions that do, by their /S; kinds of annotation that play something.
_KEYS = {"/JS", "/JavaScript", "/XFA", "/EmbeddedFiles", "/EF", "/RichMediaContent", "/RichMediaSettings"}
_ACTIONS = {
    "/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/Rendition", "/RichMediaExecute",
    "/Movie", "/Sound",
}  # fmt: skip
_KINDS = {"/RichMedia", "/FileAttachment", "/Movie", "/Sound", "/Screen", "/3D"}
_TYPES = {"/EmbeddedFile", "/Filespec"}
_ELSEWHERE = {"/GoToR", "/Thread"}  # in another file
_WITHIN = {"/GoTo"}  # all that may happen before a person does anything
# A link that a person may follow: to a web page, an e-mail or telephone number; one without a scheme is a web page's.
_PLAIN_LINK = re.compile(r"\s*(?:https?:|mailto:|tel:|(?![a-z][a-z0-9+.-]*:)(?![\\/]{2}))", re.IGNORECASE)
_MANY = 50  # actions, one after another
# A quick look at what an object says in its normal spelling; only where it fits are the entries looked at one by one.
_LIKELY = re.compile(
    rb"/(JS|JavaScript|XFA|EmbeddedFiles?|EF|RichMedia\w*|Launch|ImportData|SubmitForm|GoTo[ER]|Rendition|Movie"
    rb"|Sound|FileAttachment|Screen|3D|AA|OpenAction|URI|Thread|FFilter|Ref|F)\b"
)

ACTS = (
    "contains a script, an attached file or a form that acts by itself, which is not accepted. "
    "Print it to a new PDF and attach that."
)
OPENS = (
    "goes to an address or does something else when it is opened, which is not accepted. "
    "Print it to a new PDF and attach that."
)
LEADS = (
    "refers to another file or to a program, which is not accepted. Remove that link, or make it a link to a web page "
    "or an e-mail address, and attach it."
)


def pdf_fault(stream: BinaryIO) -> str:
    """Return what a PDF may not hold, as the end of a sentence that begins with its name; "" for nothing.

    That is a script, a file, an action that nobody asked for, or a link to anything but a web page or an e-mail
    address. Raises pikepdf.PdfError or PasswordError when it is damaged or locked, ValueError when it is nested too
    deeply.
    """
    stream.seek(0)
    with pikepdf.open(stream) as document:
        likely = (thing for thing in document.objects if _LIKELY.search(spelled(thing)))
        faults = (_fault(inner) for thing in likely for inner in looked_through(thing))
        return next(filter(None, faults), "")


def _fault(thing: Any) -> str:
    names = set(thing.keys())
    if names & _KEYS or _is(thing, "/S", _ACTIONS) or _is(thing, "/Subtype", _KINDS):
        return ACTS
    if _is(thing, "/Type", _TYPES) and ("/EF" in names or isinstance(thing, pikepdf.Stream)):
        return ACTS
    unasked = [action for action in _unasked(thing) if not _is(action, "/S", _WITHIN)]
    if unasked:
        return ACTS if any(_is(action, "/S", _ACTIONS) for action in unasked) else OPENS
    return LEADS if _leads_away(thing, names) else ""


def _leads_away(thing: Any, names: set[str]) -> bool:
    """Whether it is a link to another file or program, or takes its content from another file."""
    if isinstance(thing, pikepdf.Stream):
        reference = thing.get("/Ref")
        return bool(names & {"/F", "/FFilter"}) or (isinstance(reference, pikepdf.Dictionary) and "/F" in reference)
    if _is(thing, "/S", _ELSEWHERE):
        return _is(thing, "/S", {"/GoToR"}) or "/F" in names
    address = thing.get("/URI")
    return isinstance(address, pikepdf.String) and _PLAIN_LINK.match(str(address)) is None


def _unasked(thing: Any) -> Iterator[Any]:
    """Yield the actions that happen when something is opened, shown, entered, left, printed or saved."""
    opened, others = thing.get("/OpenAction"), thing.get("/AA")
    first: list[Any] = [opened] if isinstance(opened, pikepdf.Dictionary) else []
    if isinstance(others, pikepdf.Dictionary):
        first += [others[key] for key in others.keys()]  # noqa: SIM118 (a dictionary of pikepdf is no mapping)
    for action in first:
        yield from _one_after_another(action)


def _one_after_another(action: Any) -> Iterator[Any]:
    """Yield an action and those that follow it; raise ValueError where they have no end."""
    waiting, count = [action], 0
    while waiting:
        action, count = waiting.pop(), count + 1
        if count > _MANY:
            raise ValueError("It has too many actions.")
        if isinstance(action, pikepdf.Dictionary):
            yield action
            following = action.get("/Next")
            waiting += list(following) if isinstance(following, pikepdf.Array) else [following]


def _is(thing: Any, key: str, among: set[str]) -> bool:
    return isinstance(thing.get(key), pikepdf.Name) and str(thing.get(key)) in among
