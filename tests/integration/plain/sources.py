"""The words of a template as it stands in its file, each branch of it: what a mail or a letter may say."""

import re
from pathlib import Path

from django.template.base import Lexer, TokenType

PROJECT = Path(__file__).resolve().parents[3]
FIELD = re.compile(r"\{[a-z_]+\}")


def mails() -> dict[str, Path]:
    """Return the templates of mails and the words of letters, by the path under templates/."""
    folder = PROJECT / "templates"
    found = [*folder.glob("email/*.txt"), *folder.glob("account/email/*.txt"), *folder.glob("letters/words/*.txt")]
    return {path.relative_to(folder).as_posix(): path for path in sorted(found)}


def words_of(path: Path) -> str:
    """Return the text of a template with each variable, and each field of a letter, as one word."""
    said = []
    for token in Lexer(path.read_text()).tokenize():
        if token.token_type == TokenType.TEXT:
            said.append(FIELD.sub("it", token.contents))
        elif token.token_type == TokenType.VAR:
            said.append("it")
        elif token.contents.startswith(("else", "elif")):
            said.append("\n")
    return "".join(said)
