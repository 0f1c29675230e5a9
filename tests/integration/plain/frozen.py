"""What stays as it is: questions of OMB forms, texts of frozen forms, sentences that a law prescribes."""

from collections.abc import Collection
from dataclasses import fields, is_dataclass

from exclusions.questionnaires import KEYS, get


def frozen_texts() -> frozenset[str]:
    """Return every text of the shipped forms: labels, help, choices, columns."""
    found: set[str] = set()

    def read(value: object) -> None:
        if isinstance(value, str):
            found.add(" ".join(value.split()))
        elif isinstance(value, tuple | list):
            for one in value:
                read(one)
        elif isinstance(value, dict):
            read(list(value.values()))
        elif is_dataclass(value) and not isinstance(value, type):
            read([getattr(value, field.name) for field in fields(value)])

    for key in KEYS:
        form = get(key)
        read([form, *form.questions])
    return frozenset(text for text in found if len(text.split()) > 2)


def is_frozen(sentence: str, texts: Collection[str]) -> bool:
    """Whether the sentence is, or is part of, a text of a frozen form."""
    return any(sentence in text or text in sentence for text in texts)
