"""The entry of a kind that counts now on a case, and how it compares with the one that a form was made from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BooleanField, CharField, JSONField, Model, QuerySet, TextField

from exclusions.models import Petition, User

# By the kind of entry: the rows, of which the last counts. They are added, and never rewritten.
OF = {
    "finding": "findings",
    "recommendation": "recommendations",
    "consistency": "consistency_reviews",
    "legal_review": "legal_reviews",
    "product_text": "drafts",
    "assessment": "assessments",
}
_NOT_COMPARED = frozenset({"criterion", "citations", "level", "version", "departs", "adopts", "unlike"})


def entries(petition: Petition, kind: str, of: Mapping[str, Any]) -> QuerySet[Any]:
    """Return the entries of a kind, oldest first; `of` names the criterion of a finding, the level of others."""
    rows = getattr(petition, OF[kind]).order_by("pk")
    wanted = {"finding": ["criterion"], "recommendation": ["level"]}.get(kind, [])
    found: QuerySet[Any] = rows.filter(**{name: of[name] for name in wanted})
    return found


def current_entry(petition: Petition, kind: str, of: Mapping[str, Any]) -> Any | None:
    """Return the entry that counts now, or None."""
    return entries(petition, kind, of).order_by("pk").last()


def author_of(row: Any) -> tuple[User, datetime]:
    """Return who made an entry, and when."""
    return (row.drafted_by, row.drafted_at) if hasattr(row, "drafted_by") else (row.made_by, row.made_at)


@dataclass(frozen=True)
class Line:
    """One fact of an entry: what it was when the form was made, and what it is now."""

    label: str
    was: str
    now: str

    @property
    def differs(self) -> bool:
        """Whether somebody changed it meanwhile."""
        return self.was != self.now


@dataclass(frozen=True)
class Newer:
    """An entry that was made after a form was opened, beside the one that the form was made from."""

    by: User
    at: datetime
    lines: list[Line]


def newer_entry(petition: Petition, kind: str, of: Mapping[str, Any], seen: int) -> Newer | None:
    """Return what was recorded since a form was made from the entry `seen` (0: from none); None where nothing was."""
    rows = {row.pk: row for row in entries(petition, kind, of)}
    last = max(rows, default=0)
    if last == seen:
        return None
    now, was = rows[last], rows.get(seen)
    fields = [
        field
        for field in now._meta.concrete_fields
        if isinstance(field, CharField | TextField | JSONField | BooleanField) and field.name not in _NOT_COMPARED
    ]
    lines = [Line(_label(field), _value(was, field) if was else "", _value(now, field)) for field in fields]
    return Newer(*author_of(now), [line for line in lines if line.was or line.now])


def _label(field: Any) -> str:
    words = str(field.verbose_name)
    return words[:1].upper() + words[1:]


def _value(row: Model, field: Any) -> str:
    value = getattr(row, field.name)
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return ("Yes" if value else "No") if isinstance(value, bool) else str(value)
