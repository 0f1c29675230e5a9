"""The whole docket as files: what they hold, that all say the same, and that nothing stays that was taken down."""

import csv
import hashlib
import io
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from exclusions.actions.mirrors.dumps import dump_when_due
from exclusions.actions.record.quarantine import take_down
from exclusions.gateways.documents.object_store import StoreError, read_file
from exclusions.models import Dump, DumpFile, Exclusion, User
from exclusions.models.public import PublicPetition, PublicResponse
from exclusions.workflow.public_things import Ground
from tests.conftest import Clock
from tests.factories.public import make_public
from tests.factories.world import World
from tests.integration.api.test_what_is_read import exported

TABLES = ("petitions", "responses", "questions", "decisions", "exclusions")
QUESTION = {
    "number": 1,
    "question": "Which plant makes it?",
    "asked_on": "2019-07-02",
    "until": "2019-07-12",
    "state": "answered",
    "ended_on": "2019-07-05",
    "answer": "Ours in Ohio.",
}

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases("The rows are read from either into a file of SQLite.")]


@pytest.fixture
def docket(world: World) -> World:
    """Return a world with a historical petition, a question, and words that a spreadsheet would compute."""
    make_public(700, organization_name="=1+1 Ünicode, Inc.", decided_on=date(2019, 7, 20))
    PublicPetition.objects.filter(reference=world.posted.reference).update(questions=[QUESTION])
    return world


def export(folder: Path, formats: str = "csv,xlsx,jsonl,sqlite") -> Path:
    call_command("export_docket", format=formats, out=folder, stderr=io.StringIO(), stdout=io.StringIO())
    return folder


def lines_of(folder: Path, table: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / f"{table}.jsonl").read_text("utf-8").splitlines()]


def test_every_format_of_every_table_has_the_same_rows(docket: World, tmp_path: Path) -> None:
    folder = export(tmp_path / "new" / "folder")
    assert PublicPetition.objects.count() == len(lines_of(folder, "petitions")) > 1
    assert PublicResponse.objects.count() == len(lines_of(folder, "responses")) > 0
    assert len(lines_of(folder, "decisions")) > 1
    assert {row["reference"] for row in lines_of(folder, "exclusions")} == set(
        Exclusion.objects.filter(terms__isnull=False).values_list("reference", flat=True)
    )
    assert lines_of(folder, "questions") == [{"petition": docket.posted.reference, **QUESTION}]
    with closing(sqlite3.connect(folder / "docket.sqlite")) as database:
        for table in TABLES:
            rows = lines_of(folder, table)
            with (folder / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
                read = list(csv.DictReader(file))
            book = openpyxl.load_workbook(folder / f"{table}.xlsx")
            in_sqlite = list(database.execute(f'SELECT * FROM "{table}"'))
            assert len(rows) == len(read) == book.active.max_row - 1 == len(in_sqlite), table
            for line, one in zip(rows, read, strict=True):
                for name, value in line.items():
                    cell = one[name].removeprefix("'") if str(value).startswith("=") else one[name]
                    plain = json.loads(cell) if isinstance(value, list | dict) else cell
                    assert plain == (value if isinstance(value, list | dict) else "" if value is None else str(value))


def test_the_dictionary_names_each_column_and_the_manifest_each_hash(docket: World, tmp_path: Path) -> None:
    folder = export(tmp_path)
    described = json.loads((folder / "csv-metadata.json").read_text("utf-8"))
    assert described["@context"][0] == "http://www.w3.org/ns/csvw"
    assert described["dc:license"]["@id"].startswith("https://")
    assert [table["url"] for table in described["tables"]] == [f"{table}.csv" for table in TABLES]
    for table in described["tables"]:
        with (folder / table["url"]).open(encoding="utf-8-sig", newline="") as file:
            headings = next(csv.reader(file))
        columns = table["tableSchema"]["columns"]
        assert [column["name"] for column in columns] == headings
        assert set(table["tableSchema"]["primaryKey"]) <= set(headings)
        assert all(column["dc:description"] and column["datatype"] for column in columns)
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    named = {one["name"]: one for one in manifest["files"]}
    assert {path.name for path in folder.iterdir()} == {*named, "manifest.json"}
    for name, one in named.items():
        body = (folder / name).read_bytes()
        assert (one["size"], one["sha256"]) == (len(body), hashlib.sha256(body).hexdigest())


def test_the_command_refuses_with_a_sentence(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no format “pdf”"):
        export(tmp_path, "csv,pdf")
    (tmp_path / "file").write_text("x")
    with pytest.raises(CommandError, match="cannot be written"):
        export(tmp_path / "file")


def test_a_second_run_replaces_the_files(docket: World, tmp_path: Path) -> None:
    before = {path.name for path in export(tmp_path).iterdir()}
    make_public(701)
    assert {path.name for path in export(tmp_path).iterdir()} == before, "no half file is left"
    assert PublicPetition.objects.count() == len(lines_of(tmp_path, "petitions"))


def test_each_night_there_are_new_files_for_everybody(
    docket: World, clock: Clock, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    client = Client()
    assert "There are no files now" in client.get("/docket/dumps/").content.decode()
    assert client.get("/docket/dumps/manifest.json").status_code == 404
    assert "files of the docket made" in dump_when_due(at=clock.now)
    assert "of today" in dump_when_due(at=clock.now)
    page = client.get("/docket/dumps/").content.decode()
    manifest = json.loads(b"".join(client.get("/docket/dumps/manifest.json").streaming_content))  # type: ignore[attr-defined]
    for one in manifest["files"]:
        assert f'/docket/dumps/{one["name"]}"' in page
        answer: Any = client.get(f"/docket/dumps/{one['name']}")
        assert hashlib.sha256(b"".join(answer.streaming_content)).hexdigest() == one["sha256"]
        assert one["sha256"] in page
        assert client.get(f"/docket/dumps/{one['name']}", headers={"if-none-match": answer["ETag"]}).status_code == 304
        assert answer["Last-Modified"]
    keys = list(DumpFile.objects.values_list("storage_key", flat=True))
    clock.shift(days=1)
    with django_capture_on_commit_callbacks(execute=True):
        assert "files of the docket made" in dump_when_due(at=clock.now)
    assert Dump.objects.count() == 1
    for key in keys:
        with pytest.raises(StoreError):
            read_file(key)


def test_what_was_taken_down_is_in_no_file(
    docket: World, clock: Clock, cast: dict[str, User], django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    dump_when_due(at=clock.now)
    before = list(DumpFile.objects.values_list("storage_key", flat=True))
    reference = str(docket.posted.reference)
    assert reference.encode() in read_file(DumpFile.objects.get(name="petitions.csv").storage_key)
    take_down(docket.posted, by=cast["intake"], at=clock.now, reason="It names a supplier.", ground=Ground.MISTAKE)
    with django_capture_on_commit_callbacks(execute=True):
        assert "files of the docket made" in dump_when_due(at=clock.now), "at once, not the next night"
    for key in before:
        with pytest.raises(StoreError):
            read_file(key)
    for file in DumpFile.objects.exclude(name__endswith=".xlsx"):
        assert reference.encode() not in read_file(file.storage_key), file.name
    assert "of today" in dump_when_due(at=clock.now)


def test_responses_and_questions_are_in_the_streamed_exports(docket: World) -> None:
    (row,) = [row for row in exported(Client()) if row["reference"] == docket.posted.reference]
    one = Client().get(f"/api/v1/docket/{docket.posted.reference}/").json()
    assert row["questions"] == [QUESTION]
    assert row["responses"] == one["responses"]
    text: Any = Client().get("/docket.csv")
    rows = list(csv.DictReader(io.StringIO(b"".join(text.streaming_content).decode("utf-8-sig"))))
    (line,) = [line for line in rows if line["Request Doc-ID"] == docket.posted.reference]
    assert json.loads(line["Responses"]) == one["responses"]
    assert json.loads(line["Questions"]) == [QUESTION]
