"""What an act leaves behind, in words: every row that it adds, changes or removes, in every table of the product.

What is made of chance (ids, codes, digests) is replaced by a name in the order in which it is met, so that the same act
reads the same every time, and a row that speaks of another one still says of which.
"""

import re
from collections.abc import Iterator
from typing import Any
from zlib import crc32

from django.apps import apps
from django.db import models

from exclusions.models import FederalNotice, Proposal, PublicNotice, User

Row = dict[str, Any]
Key = tuple[type[models.Model], Any]
LOADED = 1500  # a table with more rows is one that a command loads; acts do not write there
# Columns whose text is made of chance, and columns that follow from the rest of the record.
CHANCE = {"code", "storage_key", "text_key", "sha256", "confirmation_digest", "token_digest", "anchor", "head"}
DERIVED = {"hash", "previous_hash", "signature", "size", "history_date", "likeness"}
BY_THE_DATABASE = {("DocketVersion", "changed_at")}  # moments of its own clock, which no test holds
WITHOUT = {"StoredKey"}  # what is drawn from a text by a formula of its own
LONG = 1000  # characters of a text that are shown
_CHANCE = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"  # of a row
    r"|\b[0-9a-f]{32,64}\b"  # a digest
    r"|\b[2-9A-HJ-NP-Z]{4}(?:-[2-9A-HJ-NP-Z]{4}){2}\b"  # of a letter
    r"|(?<=/confirm/)[\w:-]{20,}"  # a secret link
    r"|(?<=-)[0-9A-F]{8}\b"  # a confirmation number
)
# Keys in texts: how far a database has counted hangs on what was written in it before.
_KEYS = re.compile(r"\b(notice[: ]|proposal': |\w+_by': )(\d+)\b")


def shortened(text: str) -> str:
    """Return a text on one line, of a long one the beginning and a number that is another for any other text."""
    line = " | ".join(text.splitlines())
    return line if len(line) <= LONG else f"{line[:LONG]}… ({len(line)} characters, {crc32(line.encode()):08x})"


class Record:
    """The rows of every table, as they are when it is made or asked again."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._rows = self._read()

    def since(self) -> list[str]:
        """Return what was written since the last asking, a line a row, the tables in the order of their names."""
        before, self._rows = self._rows, self._read()
        return list(self._told(before, self._rows))

    def _read(self) -> dict[Key, Row]:
        found: dict[Key, Row] = {}
        for model in apps.get_app_config("exclusions").get_models():
            if model.__name__ not in WITHOUT and model._default_manager.count() <= LOADED:
                found |= {(model, row[model._meta.pk.attname]): row for row in model._default_manager.values()}
        return found

    def _told(self, before: dict[Key, Row], after: dict[Key, Row]) -> Iterator[str]:
        for key in sorted(before.keys() | after.keys(), key=lambda key: (key[0].__name__, str(key[1]).zfill(40))):
            model, was, now = key[0], before.get(key), after.get(key)
            if was == now:
                continue
            if now is None:
                yield f"- {model.__name__} {self._named(key)}"
            elif was is None:
                yield f"+ {model.__name__} {self._named(key)}: {self._fields(model, now, {})}"
            else:
                yield f"~ {model.__name__} {self._named(key)}: {self._fields(model, now, was)}"

    def _fields(self, model: type[models.Model], row: Row, was: Row) -> str:
        """The columns that hold something, or of a row that was there those that changed."""
        told = []
        for field in model._meta.concrete_fields:
            value = row[field.attname]
            same = was[field.attname] == value if was else value in (None, "", [], {}, False)
            timed = (model.__name__, field.name) in BY_THE_DATABASE
            if not same and not timed and not field.primary_key and field.name not in DERIVED:
                told.append(f"{field.name}={self._value(field, value)}")
        return ", ".join(told)

    def _value(self, field: "models.Field[Any, Any]", value: Any) -> str:
        if value is None:
            return "nothing"
        if field.is_relation:
            return self._named((field.related_model, value))  # type: ignore[arg-type]
        if field.name in CHANCE:
            return self._name("chance", str(value)) if value else "nothing"
        if field.name == "id":  # of the row whose history this is
            return self._name(field.model.__name__.removeprefix("Historical").lower(), str(value))
        if field.model is PublicNotice and field.name == "number":
            return self._named((FederalNotice, value))
        text = _CHANCE.sub(lambda met: self._name("id", met[0]), str(value))
        return shortened(_KEYS.sub(self._without_key, text))

    def _without_key(self, met: re.Match[str]) -> str:
        kinds = {"notice": FederalNotice, "proposal": Proposal}
        return met[1] + self._named((kinds.get(met[1].rstrip("': "), User), int(met[2])))

    def _named(self, key: Key) -> str:
        model, pk = key
        if model is User:
            return str(User.objects.values_list("email", flat=True).get(pk=pk))
        return self._name(model.__name__.lower(), str(pk))

    def _name(self, kind: str, met: str) -> str:
        number = sum(name.startswith(f"{kind}-") for name in self._names.values()) + 1
        return self._names.setdefault(met if kind in ("id", "chance") else f"{kind}:{met}", f"{kind}-{number}")
