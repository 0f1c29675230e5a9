"""Files of the whole public docket: made each night, and made anew as soon as something was taken down."""

from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from django.core.cache import cache
from django.db import transaction

from exclusions.gateways.documents.object_store import delete_file, store_file
from exclusions.gateways.dumps.described import write_dictionary, write_manifest
from exclusions.gateways.dumps.files import write_files
from exclusions.gateways.dumps.tables import FORMATS, Written
from exclusions.models import Dump, DumpFile, Quarantine
from exclusions.queries.mirrors.dump_tables import dump_tables
from exclusions.queries.mirrors.dumps import current_dump, last_number
from exclusions.workflow.deadlines import eastern_date

BEING_MADE: Final = "dump-being-made"
LONGEST: Final = 1800  # seconds after which another may begin: who began has ended without a word
LARGEST: Final = 20_000_000_000  # bytes of a file
PIECE: Final = 1 << 20
TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jsonl": "application/jsonl",
    "sqlite": "application/vnd.sqlite3",
    "json": "application/json",
}


def write_docket(
    formats: Collection[str], folder: Path, *, at: datetime, progress: Callable[[str], None] = lambda _: None
) -> list[Written]:
    """Write the public tables into a folder, with dictionary and manifest; return the files.

    Reads the public tables alone. `formats` are some of FORMATS. Raises OSError where the folder takes no more.
    """
    number = last_number()  # before the first row is read: what changes meanwhile has a larger one
    tables = dump_tables(eastern_date(at))
    files = [*write_files(tables, formats, folder, progress=progress), write_dictionary(tables, folder)]
    return [*files, write_manifest(files, folder, at=at, number=number)]


def dump_when_due(*, at: datetime) -> str:
    """Make a dump where there is none of this day (New York), or where something was taken down since; say what was
    done.

    What is older than a take-down goes at once, before the new one is made: nobody downloads it meanwhile.
    """
    dump = current_dump()
    if dump is not None and dump.take_downs != Quarantine.objects.count():
        _remove(list(Dump.objects.values_list("pk", flat=True)))
        dump = None
    if dump is not None and eastern_date(dump.made_at) >= eastern_date(at):
        return "the files of the docket are of today"
    if not cache.add(BEING_MADE, 1, LONGEST):
        return "the files of the docket are being made"
    try:
        return f"{len(make_dump(at=at))} files of the docket made"
    finally:
        cache.delete(BEING_MADE)


def make_dump(*, at: datetime) -> list[Written]:
    """Make a dump of all formats, put it into the file store and remove the ones before; return its files.

    Raises StoreError where the store does not take it; then the one before stays.
    """
    # Before the first row is read: what is taken down meanwhile makes this one out of date.
    take_downs, number = Quarantine.objects.count(), last_number()
    older = list(Dump.objects.values_list("pk", flat=True))
    with TemporaryDirectory(prefix="dump-") as name:
        folder = Path(name)
        written = write_docket(FORMATS, folder, at=at)
        kept = [(one, store_file(_pieces(folder / one.name), limit=LARGEST)) for one in written]
    with transaction.atomic():
        dump = Dump.objects.create(made_at=at, number=number, take_downs=take_downs)
        DumpFile.objects.bulk_create(
            DumpFile(
                dump=dump,
                name=one.name,
                content_type=TYPES[one.name.rpartition(".")[2]],
                rows=one.rows,
                size=file.size,
                sha256=file.sha256,
                storage_key=file.key,
            )
            for one, file in kept
        )
        _remove(older)
    return written


def _remove(dumps: list[int]) -> None:
    """Remove dumps; their files go once their rows are gone."""
    with transaction.atomic():
        gone = list(DumpFile.objects.filter(dump__in=dumps).values_list("storage_key", flat=True))
        Dump.objects.filter(pk__in=dumps).delete()
        transaction.on_commit(partial(_delete_files, gone))


def _delete_files(keys: list[str]) -> None:
    for key in keys:
        delete_file(key)


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece
