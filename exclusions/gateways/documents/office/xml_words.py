"""The words of one XML part: its texts, attributes that the format does not fill itself, comments, names of its own.

It is read as a stream, in one pass, without a tree: what it takes grows with its length alone, however it is nested.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import BinaryIO
from xml.parsers.expat import ExpatError, ParserCreate

from exclusions.gateways.documents.office import attributes, places
from exclusions.gateways.documents.reading_result import MAX_TEXT

_PIECE = 1 << 16  # bytes
_LONG = 1 << 20  # characters of one text that are kept before they are passed on
_BREAKS = frozenset({"p", "tr", "br", "tab", "si", "row", "c", "v", "f", "comment", "author"})
_BODY = frozenset({"t", "v", "f", "delText", "instrText"})
_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+(?:[eE][-+]?\d{1,2})?|[eE][-+]?\d{1,2})")
_CODES = re.compile(r"&[A-Za-z]|&\"|\"")  # of the head of a printed page: &C is its middle (18.3.1.46)
_LONGEST_NUMBER = 40  # characters
_LEAST = Decimal("0.000001")
# In a name without spaces, between two words or a word and a figure: TonsOfSlabs, Tons1416065.
_SEAMS = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[^\W\d])(?=\d{5})|_(?=\d{5})")
_IDENTIFIER = re.compile(r"[^\W\d][\w.]{0,60}?\d{5}\w{0,200}")

__all__ = ["ExpatError", "TooLong", "WithEntities", "as_written", "taken_apart", "xml_words"]


class WithEntities(ValueError):
    """A part with a document type: what its entities stand for is not looked up."""


class TooLong(ValueError):
    """A part with more beside its text than is read of a file."""


def xml_words(part: BinaryIO, name: str, told: set[str] | None = None) -> Iterator[tuple[str, str]]:
    """Yield what a part says as (where, what). Raises ExpatError for what is no XML, WithEntities, TooLong.

    The attributes come after the texts around them: they never cut a word in two. `told` holds the names of elements
    and spaces that other parts of the file have told already, and takes up those of this one.
    """
    reader = _Reader(places.of_part(name), set() if told is None else told)
    while piece := part.read(_PIECE):
        reader.parser.Parse(piece, False)
        yield from reader.taken()
    reader.parser.Parse(b"", True)
    yield from reader.taken()
    yield reader.where, "\n"  # no word goes on in another part
    yield from ((where, f"{said}\n") for where, said in reader.beside)


class _Reader:
    def __init__(self, where: str, told: set[str]) -> None:
        self.where = where
        self.words: list[tuple[str, str]] = []  # in the order of the part
        self.beside: dict[tuple[str, str], None] = {}  # each once
        self.text: list[str] = []  # of the innermost element, since its last child
        self.length = 0
        self.weight = 0  # characters kept beside
        self.open: list[tuple[str, bool]] = []  # elements: name, whether it said something
        self.names = told
        self.cell = ""  # the type of the cell that is open
        self.parser = parser = ParserCreate(namespace_separator="}")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._add_text
        parser.CommentHandler = self._comment
        parser.ProcessingInstructionHandler = self._instruction
        parser.StartNamespaceDeclHandler = self._namespace

    def taken(self) -> Iterator[tuple[str, str]]:
        words, self.words = self.words, []
        return iter(words)

    def _refuse(self, *_: object) -> None:
        raise WithEntities("It has a document type.")

    def _start(self, name: str, given: dict[str, str]) -> None:
        if self.text:
            self._pass_on()
        namespace, _, tag = name.rpartition("}")
        self.open.append((tag, False))
        if tag == "c":
            self.cell = given.get("t", "")
        if name not in self.names:
            self._name(name, tag)
        known = attributes.is_standard(namespace)
        for key, value in given.items():
            attribute = key.rpartition("}")[2]
            if key not in self.names:
                self._name(key, attribute)
            tell = attributes.of_attribute(tag, attribute) if known else None
            said = tell(value) if tell else value
            if said:
                self._keep(places.of_attribute(tag, attribute, self.where), _value(said))

    def _end(self, name: str) -> None:
        if self.text:
            self._pass_on()
        tag, said = self.open.pop()
        if tag in _BREAKS or (said and tag not in _BODY):
            self.words.append((places.of_element(tag, self.where), "\n"))

    def _add_text(self, text: str) -> None:
        self.text.append(text)
        self.length += len(text)
        if self.length > _LONG:
            self._pass_on()

    def _pass_on(self) -> None:
        text = "".join(self.text)
        self.text, self.length = [], 0
        tag, _ = self.open[-1]
        if tag not in _BODY:
            if not text.strip():
                return
            tell = attributes.of_text(tag)
            text = tell(text.strip()) if tell else text
            text = _CODES.sub(" ", text) if tag in places.HEADS else text
        elif tag == "v" and self.cell == "s" and text.isdigit():
            return  # the number of a shared text (ISO/IEC 29500 18.18.11)
        if text:
            self.open[-1] = tag, True
            self.words.append((places.of_element(tag, self.where), as_written(text)))

    def _comment(self, text: str) -> None:
        self._keep(places.CODE, text)

    def _instruction(self, target: str, text: str) -> None:
        self._keep(places.CODE, f"{target} {text}")

    def _namespace(self, prefix: str | None, address: str | None) -> None:
        said = f"{prefix or ''} {address or ''}"
        if said not in self.names:
            self.names.add(said)
            if attributes.own_words(said):
                self._keep(places.CODE, said)

    def _name(self, name: str, local: str) -> None:
        """Keep a name that is none of the format's."""
        self.names.add(name)
        if local not in attributes.WORDS:
            self._keep(places.CODE, taken_apart(local))

    def _keep(self, where: str, said: str) -> None:
        """Keep words for the end of the part, each once. Raises TooLong where they are more than is kept of a file."""
        if (where, said) not in self.beside:
            self.beside[where, said] = None
            self.weight += len(said)
            if self.weight > MAX_TEXT:
                raise TooLong("It has more beside its text than is read of a file.")


def _value(said: str) -> str:
    """Return the value of an attribute as people read it."""
    if _IDENTIFIER.fullmatch(said):
        return taken_apart(said)
    return as_written(said.removeprefix("mailto:"))


def as_written(text: str) -> str:
    """Return a text; a number as people write it: without an exponent, and whole where a program all but rounded it."""
    if len(text) > _LONGEST_NUMBER or not _NUMBER.fullmatch(text.strip()):
        return text
    number = Decimal(text.strip())
    whole = number.to_integral_value()
    return f"{whole if abs(number - whole) < _LEAST else number:f}"


def taken_apart(name: str) -> str:
    """Return a name, and again with spaces between its words and figures, where it has some that are run together."""
    apart = _SEAMS.sub(" ", name)
    return name if apart == name else f"{name} {apart}"
