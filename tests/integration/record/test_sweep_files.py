"""Stored files that no row names are found and removed; all that a row names, and what is new, stays."""

import os
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages
from django.core.management import call_command

from exclusions.actions.record.files import stored_keys
from exclusions.gateways.documents.object_store import open_file, store_file
from exclusions.models import Document, Letter
from exclusions.queries.record.orphans import orphans
from tests.conftest import Clock
from tests.factories.world import World

pytestmark = pytest.mark.django_db


def aged(name: str, at: datetime, **span: float) -> Path:
    """Let a stored file be as old as that."""
    path = Path(storages["files"].path(name))
    moment = (at - timedelta(**span)).timestamp()
    os.utime(path, (moment, moment))
    return path


def swept(**options: Any) -> str:
    out = StringIO()
    call_command("sweep_files", stdout=out, **options)
    return out.getvalue()


def test_only_what_no_row_names_is_removed(world: World, clock: Clock) -> None:
    named = {key for row in Document.objects.all() for key in (row.storage_key, row.text_key) if key}
    named |= set(Letter.objects.values_list("storage_key", flat=True))
    assert len(named) > 3
    for key in named:
        aged(key, clock.now, days=2)
    assert swept() == "Every file has its row.\n"
    old, new = (store_file([b"words of a refused filing"], limit=99).key for _ in range(2))
    lost = aged(old, clock.now, minutes=61)
    aged(new, clock.now, minutes=59)
    half = lost.with_suffix(".part")
    half.write_bytes(b"half")
    aged(half.name, clock.now, minutes=61)
    assert set(orphans(clock.now)) == {old, half.name}
    assert "2 stored file(s) that no row names found" in swept()
    assert lost.exists()
    assert "removed" in swept(remove=True)
    assert not lost.exists()
    assert not half.exists()
    for key in {*named, new}:
        open_file(key).close()


def test_a_file_without_a_text_of_its_own_names_one_key() -> None:
    files = [Document(storage_key="a"), Document(storage_key="b", text_key="b.txt")]
    assert stored_keys(files) == {"a", "b", "b.txt"}
