"""The copy of other files: shipped texts in TOML, words that scripts show, translations of what libraries say."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from exclusions.management.copy.line import Line, is_words, line

SCRIPTED = re.compile(r"\"((?:[^\"\\\n]|\\.)*)\"|'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)*)`")
TRANSLATED = re.compile(r'^msgstr(?:\[\d\])? ((?:"(?:[^"\\]|\\.)*"\s*)+)', re.MULTILINE)


def file_copy(project: Path) -> Iterator[Line]:
    """Yield the copy of shipped data, scripts and translations."""
    for path in sorted(project.glob("exclusions/data/*.toml")):
        source = path.read_text(encoding="utf-8")
        for words in _strings(tomllib.loads(source)):
            yield line(path, project, _line_of(source, words.strip().split("\n")[0]), "data", words)
    for path in sorted(project.glob("static/js/*.js")):
        source = re.sub(r"^\s*//.*$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        for found in SCRIPTED.finditer(source):
            words = found[1] or found[2] or found[3] or ""
            if is_words(words):
                yield line(path, project, source.count("\n", 0, found.start()) + 1, "script", words)
    for path in sorted(project.glob("locale/**/*.po")):
        source = path.read_text(encoding="utf-8")
        for found in list(TRANSLATED.finditer(source))[1:]:
            words = "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', found[1]))
            if words:
                yield line(path, project, source.count("\n", 0, found.start()) + 1, "translation", words)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if is_words(value):
            yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _strings(one)


def _line_of(source: str, words: str) -> int:
    return source.count("\n", 0, max(source.find(words), 0)) + 1
