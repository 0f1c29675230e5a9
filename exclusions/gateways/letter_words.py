"""The words of letters as they are shipped: one template a kind, which staff may follow by versions of their own."""

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "templates" / "letters" / "words"


@cache
def shipped_words(kind: str) -> str:
    """Return the shipped template of a kind of letter. FileNotFoundError where there is none."""
    return (FOLDER / f"{kind}.txt").read_text(encoding="utf-8")


def shipped_kinds() -> frozenset[str]:
    """Return the kinds of which a template is shipped."""
    return frozenset(file.stem for file in FOLDER.glob("*.txt"))
