"""Stored files that no row names: left by a crash, or by a filing that was refused in an older version."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.apps import apps

from exclusions.gateways.documents.object_store import keys_before

AGE = timedelta(hours=1)  # a file is stored before its row: one that is younger may yet get it
_FIELDS = {"storage_key", "text_key", "thumbnail_key"}


def is_named(key: str) -> bool:
    """Say whether any row of any table names this stored file."""
    return any(
        model._base_manager.filter(**{field.name: key}).exists()
        for model in apps.get_app_config("exclusions").get_models()
        for field in model._meta.get_fields()
        if field.name in _FIELDS
    )


def orphans(at: datetime) -> Iterator[str]:
    """Yield the names of stored files that are older than an hour and that no row names, half-written ones included."""
    return (name for name in keys_before(at - AGE) if not is_named(name))
