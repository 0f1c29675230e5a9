"""What stands beside the files of a dump: the data dictionary (CSV on the Web, W3C), and the manifest of hashes."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from exclusions.gateways.dumps.tables import DumpColumn, DumpTable, Written

DICTIONARY: Final = "csv-metadata.json"
MANIFEST: Final = "manifest.json"
LICENCE: Final = "https://www.usa.gov/government-copyright"  # 17 U.S.C. 105
ABOUT_LICENCE: Final = (
    "The tables are a work of the United States Government, in which there is no copyright (17 U.S.C. 105). What "
    "filers and responders wrote in them is on the public record; its authors may have rights in it."
)


def write_dictionary(tables: Sequence[DumpTable], folder: Path) -> Written:
    """Write what each table and each column means."""
    described = [_table(table) for table in tables]
    body = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": "Petitions for the exclusion of products from additional duties, as they are public",
        "dc:license": {"@id": LICENCE},
        "dc:rights": ABOUT_LICENCE,
        "tables": described,
    }
    return _write_json(folder / DICTIONARY, body)


def _table(table: DumpTable) -> dict[str, Any]:
    columns = [_column(column) for column in table.columns]
    return {
        "url": f"{table.name}.csv",
        "dc:description": table.about,
        "tableSchema": {"columns": columns, "primaryKey": list(table.key)},
    }


def _column(column: DumpColumn) -> dict[str, Any]:
    return {
        "name": column.name,
        "titles": column.name,
        "datatype": column.kind,
        "dc:description": f"{column.about}.",
        "required": False,
    }


def write_manifest(files: Iterable[Written], folder: Path, *, at: datetime, number: int) -> Written:
    """Write name, size, rows and SHA-256 of each file; `number` is the last change of the docket that all are behind.

    A mirror begins with the files, and goes on from that number.
    """
    listed = [
        {
            "name": one.name,
            "size": (folder / one.name).stat().st_size,
            "rows": one.rows,
            "sha256": sha256(folder / one.name),
        }
        for one in files
    ]
    body = {
        "made_at": at.isoformat(),
        "changed_since": number,
        "licence": LICENCE,
        "rights": ABOUT_LICENCE,
        "dictionary": DICTIONARY,
        "files": listed,
    }
    return _write_json(folder / MANIFEST, body)


def _write_json(path: Path, body: dict[str, Any]) -> Written:
    path.write_text(f"{json.dumps(body, indent=2, ensure_ascii=False)}\n", encoding="utf-8")
    return Written(path.name, None)


def sha256(path: Path) -> str:
    """Return the hash of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
