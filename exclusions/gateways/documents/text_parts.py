"""What a file says, by where it says it: kept as one text, each part under a line with its place."""

from collections.abc import Iterable, Iterator

BODY = "text"
_MARK = "\f"


def joined(parts: Iterable[tuple[str, str]]) -> str:
    """Return the parts, as (where, what), as one text; those that say nothing are left out."""
    return "".join(f"{_MARK}{where}\n{said.replace(_MARK, ' ')}\n" for where, said in parts if said.strip())


def divided(text: str) -> Iterator[tuple[str, str]]:
    """Yield (where, what) of a text that `joined` made; a text without places is one part, the body."""
    if not text.startswith(_MARK):
        yield BODY, text
        return
    for part in text[1:].split(_MARK):
        where, _, said = part.partition("\n")
        yield where, said
