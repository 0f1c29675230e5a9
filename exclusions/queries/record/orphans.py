"""Stored files that no row names: left by a crash, or by a filing that was refused in an older version."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from django.apps import apps
from django.db.models import Model, Q

from exclusions.gateways.documents.object_store import keys_before
from exclusions.models import BulkContent, Document, EarlierCopy

AGE = timedelta(hours=1)  # a file is stored before its row: one that is younger may yet get it
AT_ONCE = 500
# The tables whose rows may name one stored file together.
SHARING: Mapping[type[Model], Sequence[str]] = {
    Document: ("storage_key", "text_key", "thumbnail_key"),
    EarlierCopy: ("storage_key",),
    BulkContent: ("storage_key", "text_key", "thumbnail_key"),
}
_FIELDS = {"storage_key", "text_key", "thumbnail_key"}


def is_named(key: str) -> bool:
    """Say whether any row of any table names this stored file."""
    return any(
        model._base_manager.filter(**{field.name: key}).exists()
        for model in apps.get_app_config("exclusions").get_models()
        for field in model._meta.get_fields()
        if field.name in _FIELDS
    )


def named_among(keys: Collection[str]) -> set[str]:
    """Return those of these stored files of documents that a row names: one may belong to several. Few statements."""
    found: set[str] = set()
    for some in _some(sorted(keys)):
        for model, fields in SHARING.items():
            named = Q()
            for field in fields:
                named |= Q(**{f"{field}__in": some})
            for row in model._base_manager.filter(named).values_list(*fields):
                found |= set(row)
    return found & set(keys)


def orphans(at: datetime) -> Iterator[str]:
    """Yield the names of stored files that are older than an hour and that no row names, half-written ones included."""
    return (name for name in keys_before(at - AGE) if not is_named(name))


def _some(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    return (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE))
