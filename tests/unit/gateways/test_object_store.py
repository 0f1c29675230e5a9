"""The file store: what is written comes back, what is too large leaves nothing."""

import hashlib
import os
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from exclusions.gateways.documents.object_store import (
    FileTooLarge,
    StoreError,
    delete_file,
    open_file,
    read_file,
    store_file,
)
from exclusions.gateways.documents.store_check import check_store
from tests.conftest import keep_files_at


@pytest.fixture(autouse=True)
def folder(settings, tmp_path) -> Path:
    keep_files_at(settings, (tmp_path / "files with space").as_uri())
    return tmp_path / "files with space"


def test_a_stored_file_comes_back_with_its_size_and_hash():
    stored = store_file([b"one ", b"two"], limit=7)
    assert (stored.size, stored.sha256) == (7, hashlib.sha256(b"one two").hexdigest())
    assert read_file(stored.key) == b"one two"
    with open_file(stored.key) as file:
        assert file.read(3) == b"one"


def test_the_key_is_random_and_says_nothing_about_the_content():
    first, second = store_file([b"same"], limit=9), store_file([b"same"], limit=9)
    assert first.key != second.key
    assert first.sha256 == second.sha256


def test_one_byte_over_the_limit_is_refused_and_nothing_is_left(folder):
    with pytest.raises(FileTooLarge):
        store_file([b"1234", b"5"], limit=4)
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_a_sender_that_breaks_off_leaves_nothing(folder):
    def breaking():
        yield b"half"
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        store_file(breaking(), limit=100)
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_deleting_twice_is_no_error_and_reading_then_is_one():
    stored = store_file([b"x"], limit=9)
    delete_file(stored.key)
    delete_file(stored.key)
    with pytest.raises(StoreError, match="missing"):
        read_file(stored.key)


@pytest.mark.parametrize("key", ["../../etc/passwd", "", "A" * 32, "0" * 31, "0" * 32 + "\n"])
def test_a_key_cannot_lead_out_of_the_folder(key):
    with pytest.raises(StoreError, match="not the key"):
        read_file(key)


def test_the_keys_of_an_older_site_still_lead_to_its_files(folder):
    key = "0a1b" + "c" * 28
    place = folder / "0a" / "1b" / key
    place.parent.mkdir(parents=True)
    place.write_bytes(b"kept in 2019")
    assert read_file(key) == b"kept in 2019"
    new = store_file([b"kept now"], limit=9).key
    assert (folder / new[:2] / new[2:4] / new).read_bytes() == b"kept now"
    delete_file(key)
    assert not place.exists()


def test_a_file_is_on_the_disk_under_its_name_before_anybody_is_told_its_key(folder, monkeypatch):
    synced, sync = [], os.fsync

    def watched(descriptor: int) -> None:
        synced.append(Path(os.readlink(f"/proc/self/fd/{descriptor}")))
        if synced[-1].is_dir():
            assert not list(synced[-1].glob("*.part"))
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", watched)
    key = store_file([b"x"], limit=9).key
    place = folder / key[:2] / key[2:4] / key
    assert synced[0] == place.with_suffix(".part")
    # The new folders' names have to last, too: each stands in the folder above it.
    assert set(synced[1:]) == {place.parent, place.parent.parent, folder, folder.parent}
    synced.clear()
    place.unlink()
    monkeypatch.setattr("secrets.token_hex", lambda size: key)
    store_file([b"y"], limit=9)
    assert synced == [place.with_suffix(".part"), place.parent]


def test_the_check_passes_on_a_working_store_and_leaves_nothing_in_it(folder):
    check_store(seconds=30)
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_the_check_names_the_trouble_of_a_store_that_does_not_work(folder, settings):
    folder.parent.joinpath("taken").write_text("a file, not a folder")
    keep_files_at(settings, folder.parent.joinpath("taken").as_uri())
    with pytest.raises(StoreError, match="does not work: Not a directory"):
        check_store(seconds=30)


@pytest.fixture
def silent() -> Iterator[str]:
    """Give the address of a server that takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


def test_a_store_that_hangs_is_told_and_holds_one_thread_however_many_ask(settings, monkeypatch, silent):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    keep_files_at(settings, f"s3://silent?endpoint={silent}&region=us-east-1")
    before = set(threading.enumerate())
    for _ in range(3):
        with pytest.raises(StoreError, match="did not answer within"):
            check_store(seconds=0.2)
    assert len([new for new in set(threading.enumerate()) - before if new.name == "store-check"]) == 1
