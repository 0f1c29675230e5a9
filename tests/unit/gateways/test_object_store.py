"""The file store: what is written comes back, what is too large leaves nothing."""

import hashlib
from pathlib import Path

import pytest

from exclusions.gateways.documents.object_store import (
    FileTooLarge,
    StoreError,
    check_store,
    delete_file,
    open_file,
    read_file,
    store_file,
)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path) -> Path:
    settings.STORAGE_URL = (tmp_path / "files with space").as_uri()
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


def test_the_check_passes_on_a_working_store_and_names_the_trouble_otherwise(folder, settings):
    check_store()
    folder.parent.joinpath("taken").write_text("a file, not a folder")
    settings.STORAGE_URL = folder.parent.joinpath("taken").as_uri()
    with pytest.raises(StoreError, match="does not work"):
        check_store()


def test_another_kind_of_store_is_refused_by_its_variable(settings):
    settings.STORAGE_URL = "ftp://host/folder"
    with pytest.raises(StoreError, match="STORAGE_URL"):
        store_file([b"x"], limit=9)
