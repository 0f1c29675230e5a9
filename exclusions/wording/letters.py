"""The language of the templates of letters: text with named fields, no code.

The first line is `# Title`. Paragraphs are parted by empty lines. `## ` begins a heading, `- ` an item of a list,
`+ ` a numbered one, each on a line of its own; a line that begins otherwise goes on with what is above it. `**so**` is
strong. `{reference}` is a field. A field that is a passage stands in a paragraph of its own. A paragraph or an item
that names a field which the case is without is left out, and so is a heading with nothing under it.
"""

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from typing import Any, Final

from exclusions.wording.letter_kinds import MUST, Field, LetterKind

LONGEST: Final = 12_000  # characters
_FIELD = re.compile(r"\{([^{}]*)\}")
_TITLE = re.compile(r"# +(?P<words>\S.*)")
_STRONG = "**"


@dataclass(frozen=True)
class Template:
    """A template that was read: its title, and its blocks: (kind, text) or (kind, items)."""

    title: str
    blocks: tuple[tuple[str, tuple[str, ...]], ...]


def faults(text: str, kind: LetterKind, confidential: Set[str] = frozenset()) -> list[str]:
    """Return a sentence for everything that keeps a template of this kind from being used; none where it is in order.

    `confidential` are names of what was given in confidence: they are refused as such. An unknown field is named, and
    the known ones are listed.
    """
    found: list[str] = []
    if len(text) > LONGEST:
        found.append(f"The template has {len(text)} characters. The limit is {LONGEST}.")
    lines = text.strip().splitlines()
    title = _TITLE.fullmatch(lines[0].strip()) if lines else None
    if title is None:
        found.append("Make the first line the title of the letter: “# ” and the words.")
    elif "{" in title["words"] or _STRONG in title["words"]:
        found.append("Use only words in the title. Remove fields and “**”.")
    known = kind.fields
    named = list(dict.fromkeys(name for name in _FIELD.findall(text) if name not in known))
    if named:
        found += [_unknown(name, confidential) for name in named]
        found.append(f"The fields of this letter are: {_listed(known)}.")
    if "{" in _FIELD.sub("", text) or "}" in _FIELD.sub("", text):
        found.append("A brace opens or closes a field, as in {reference}. Remove the single brace.")
    found += _shape(text, known)
    said = set(_FIELD.findall(text))
    missing = [name for name in (*kind.must, *MUST) if name not in said]
    if missing:
        found.append(f"This letter must say {_listed(missing)}, but its template does not name it.")
    return found


def read(text: str) -> Template:
    """Return a template that has no faults, read."""
    lines = text.strip().splitlines()
    title = _TITLE.fullmatch(lines[0].strip()) if lines else None
    if title is None:
        raise ValueError("The first line is no title.")
    return Template(title["words"].strip(), tuple(_blocks("\n".join(lines[1:]))))


def filled(template: Template, values: Mapping[str, str], parts: Set[str]) -> list[dict[str, Any]]:
    """Return the blocks of a letter, with the fields filled in: what is set, as plain JSON.

    `values` are the words of the case by field, `parts` the passages that it has. A block is `{"is": "heading" | "par",
    "runs": […]}`, `{"is": "bullets" | "numbers", "items": [[…], …]}` or `{"is": "part", "name": …}`; a run is `{"text",
    "strong"}`.
    """
    found: list[dict[str, Any]] = []
    for shape, texts in template.blocks:
        if shape == "part":
            if texts[0] in parts:
                found.append({"is": "part", "name": texts[0]})
        elif shape in ("bullets", "numbers"):
            items = [runs for text in texts if (runs := _runs(text, values))]
            if items:
                found.append({"is": shape, "items": items})
        elif runs := _runs(texts[0], values):
            found.append({"is": shape, "runs": runs})
    followed = [*found[1:], {"is": "heading"}]
    return [
        block
        for block, after in zip(found, followed, strict=True)
        if block["is"] != "heading" or after["is"] != "heading"
    ]


def _unknown(name: str, confidential: Set[str]) -> str:
    if name.strip() in confidential:
        return f"“{{{name}}}” is confidential, so no template may print it. We add the addressee without a field."
    return f"This letter has no field “{{{name}}}”."


def _listed(names: Mapping[str, Field] | list[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in names)


def _shape(text: str, known: Mapping[str, Field]) -> Iterator[str]:
    """Yield what is wrong with the blocks: passages within a sentence, strong words without an end, empty headings."""
    for shape, texts in _blocks("\n".join(text.strip().splitlines()[1:])):
        for words in texts:
            if shape != "part":
                for name in _FIELD.findall(words):
                    if name in known and known[name].part:
                        yield f"{{{name}}} is a passage. Give it its own paragraph, with nothing beside it."
            elif known.get(words) and not known[words].part:
                yield f"{{{words}}} stands alone in a paragraph. It is part of a sentence: write one around it."
            if words.count(_STRONG) % 2:
                yield f"“**” starts strong words, but nothing ends them: “{words[:60]}”."


def _blocks(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        lines = [line.strip() for line in paragraph.splitlines() if line.strip()]
        while lines and lines[0].startswith("## "):
            yield "heading", (lines.pop(0)[3:].strip(),)
        if not lines:
            continue
        alone = _FIELD.fullmatch(" ".join(lines))
        mark = lines[0][:2]
        if alone:
            yield "part", (alone[1],)
        elif mark in ("- ", "+ "):
            items: list[str] = []
            for line in lines:
                if line.startswith(mark):
                    items.append(line[2:].strip())
                else:
                    items[-1] = f"{items[-1]} {line}"
            yield ("bullets" if mark == "- " else "numbers"), tuple(items)
        else:
            yield "par", (" ".join(lines),)


def _runs(text: str, values: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the runs of a text with its fields filled in; none where the case is without one of them."""
    if any(not values.get(name, "").strip() for name in _FIELD.findall(text)):
        return []
    found = []
    for place, words in enumerate(text.split(_STRONG)):
        said = _FIELD.sub(lambda match: values[match[1]], words)
        if said:
            found.append({"text": said, "strong": bool(place % 2)})
    return found
