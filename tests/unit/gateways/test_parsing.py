"""Uploads are parsed in processes of their own: a hostile file ends its own child, and nobody else waits for it."""

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from exclusions.gateways.documents import parsing
from exclusions.gateways.documents.inspection import FileRefused
from exclusions.gateways.documents.parsing import Busy, TooHeavy, parsed_upload, read_apart
from exclusions.gateways.documents.reading_result import ReadApart, named_parts
from exclusions.gateways.documents.text_parts import BODY, divided
from tests.factories.files import pdf
from tests.factories.hostile import HOSTILE
from tests.waiting import eventually


def taken(name: str, data: bytes, *, public: bool = True, seconds: int = 1) -> str:
    """Return the text of an upload's pages."""
    with parsed_upload(name, data, public=public, seconds=seconds) as parsed:
        parsed.text.seek(0)
        return dict(divided(parsed.text.read().decode()))[BODY].strip() if parsed.whole else "not whole"


REFUSED: dict[str, type[FileRefused]] = {
    "100,000 operators": TooHeavy,
    "20 pages of one stream": TooHeavy,
    "arrays in arrays": FileRefused,
    "195 MB of text": TooHeavy,
    "a bomb": FileRefused,
    "60,000 parts": FileRefused,
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_hostile_file_is_refused_with_a_sentence_and_the_next_one_is_read(case: str) -> None:
    name, made = HOSTILE[case]
    with pytest.raises(REFUSED[case], match=rf"[“\"]{name}[”\"] .+\. .+") as refused:
        taken(name, made())
    assert type(refused.value) is REFUSED[case]
    assert taken("spec.pdf", pdf("slabs of quartz")) == "slabs of quartz"


UNREAD = ["10,000 pages", "a stream of 1 GB"]
READ = ["20,000 operators"]


def test_every_hostile_file_has_its_outcome() -> None:
    assert sorted([*REFUSED, *UNREAD, *READ]) == sorted(HOSTILE)


@pytest.mark.parametrize("case", READ)
def test_what_costs_much_and_no_more_than_its_limit_is_read_whole(case: str) -> None:
    name, made = HOSTILE[case]
    assert taken(name, made(), seconds=20)[: 4 * 20_000] == "slab" * 20_000, "then the same by the second reading"


@pytest.mark.parametrize("case", UNREAD)
def test_what_is_too_long_is_not_taken_for_read(case: str) -> None:
    name, made = HOSTILE[case]
    assert taken(name, made(), seconds=20) == "not whole"


def test_nothing_of_this_process_is_in_the_program_that_parses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "hush")
    taken("spec.pdf", pdf("slabs"))
    assert parsing._program is not None
    assert Path(f"/proc/{parsing._program.process.pid}/environ").read_bytes() == b""


def test_a_program_that_died_is_started_again() -> None:
    taken("spec.pdf", pdf("slabs"))
    assert parsing._program is not None
    before = parsing._program.process
    os.kill(before.pid, signal.SIGKILL)
    assert taken("spec.pdf", pdf("slabs")) == "slabs"
    assert parsing._program.process.pid != before.pid


def test_many_at_once_all_come_to_their_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing, "BRISK", 60.0)  # on a slow machine, too
    with ThreadPoolExecutor(12) as threads:
        found = threads.map(lambda number: taken("spec.pdf", pdf(f"slab {number}"), seconds=20), range(36))
        assert list(found) == [f"slab {number}" for number in range(36)]


def test_who_finds_slow_files_in_all_slots_is_told_so_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing, "BRISK", 0.01)
    monkeypatch.setattr(parsing, "PATIENCE", 600.0)
    slots = parsing._slots
    with ThreadPoolExecutor(1) as thread:
        with slots.taken("a"), slots.taken("b"):
            waits = thread.submit(taken, "waits.pdf", pdf("slabs"), seconds=20)
            eventually(lambda: len(slots._waiting) == parsing.WAITING, "one waits")
            with pytest.raises(Busy, match=r"“next.pdf” was not taken. Wait a minute"):
                taken("next.pdf", pdf("slabs"))
            assert not waits.done()
        assert waits.result() == "slabs"


def test_nobody_waits_for_a_slot_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing, "PATIENCE", 0.0)
    slots = parsing._slots
    with slots.taken("a"), slots.taken("b"), pytest.raises(Busy):
        taken("next.pdf", pdf("slabs"))


def test_a_sweep_reads_stored_files_apart_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing, "SECONDS", 1)
    (tmp_path / "a.pdf").write_bytes(pdf("slabs", author="Wanda Whisper"))
    with (tmp_path / "a.pdf").open("rb") as stored:
        read = read_apart("application/pdf", stored)
    assert read.whole
    assert {where: said.strip() for where, said in divided(read.text)} == {BODY: "slabs", "metadata": "Wanda Whisper"}
    (tmp_path / "b.pdf").write_bytes(HOSTILE["20 pages of one stream"][1]())
    with (tmp_path / "b.pdf").open("rb") as stored:
        assert read_apart("application/pdf", stored) == ReadApart()


def test_parts_that_nobody_could_read_are_named_briefly() -> None:
    assert named_parts(["word/a.bin", "word/a.bin", "x\n\u202ey", "z" * 300]) == ("word/a.bin", "x__y", "z" * 100)
    assert len(named_parts(map(str, range(99)))) == 20
