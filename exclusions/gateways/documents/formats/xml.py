"""XML as words: texts, attributes, comments and instructions to programs, each with the name of where it stands."""

from collections.abc import Callable, Iterator

from defusedxml.ElementTree import DefusedXMLParser

# Whether an attribute says something: asked with the element's name and its own.
Wanted = Callable[[str, str], bool]


def xml_words(data: bytes, wanted: Wanted, running: frozenset[str] = frozenset()) -> Iterator[tuple[str, str]]:
    """Yield (element, attribute, "comment" or "instruction"; what it says).

    `running` are elements that do not end a stretch of text: what they cut into pieces is yielded whole, and then
    piece by piece. Raises ParseError or DefusedXmlException.
    """
    words = _Words(wanted, running)
    parser = DefusedXMLParser(target=words)
    parser.feed(data)
    parser.close()
    yield from words.said


class _Words:
    """What a parser tells as it goes; no tree is built."""

    def __init__(self, wanted: Wanted, running: frozenset[str]) -> None:
        self.said: list[tuple[str, str]] = []
        self._wanted, self._running = wanted, running
        self._open: list[str] = []
        self._pieces: list[list[str]] = [[]]  # each as the parser tells it, bit by bit

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take up an element and what its attributes say."""
        self._cut(_local(tag))
        self._open.append(_local(tag))
        said = ((_local(key), value) for key, value in attributes.items() if value.strip())
        self.said += [(key, value) for key, value in said if self._wanted(self._open[-1], key)]

    def end(self, tag: str) -> None:
        """End an element."""
        self._cut(_local(tag))
        self._open.pop()

    def data(self, text: str) -> None:
        """Take up a piece of text."""
        self._pieces[-1].append(text)

    def comment(self, text: str) -> None:
        """Take up a comment."""
        self.said.append(("comment", text))

    def pi(self, target: str, text: str | None = None) -> None:
        """Take up an instruction to a program."""
        self.said.append(("instruction", f"{target} {text or ''}"))

    def close(self) -> None:
        """Build nothing."""

    def _cut(self, tag: str) -> None:
        if tag in self._running:
            self._pieces.append([])
            return
        pieces = [piece for piece in map("".join, self._pieces) if piece.strip()]
        where, self._pieces = self._open[-1] if self._open else "", [[]]
        if pieces:
            self.said.append((where, "".join(pieces)))
        if len(pieces) > 1:
            self.said.append((where, "\n".join(pieces)))


def _local(name: str) -> str:
    return str(name).rpartition("}")[2]
