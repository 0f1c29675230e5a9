"""STORAGE_URL: what it may say, and that the start ends with its name when it says something else."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import storages

from exclusions.gateways.documents.bucket_storage import BucketStorage
from exclusions.gateways.documents.folder_storage import FolderStorage
from tests.conftest import PROJECT, keep_files_at
from tradecases import file_store as module
from tradecases.file_store import file_store


@pytest.mark.parametrize(
    ("url", "folder"),
    [
        ("file:///srv/tradecases/files", "/srv/tradecases/files"),
        ("file:///srv/with%20space", "/srv/with space"),
        ("file://localhost/srv/files", "/srv/files"),
    ],
)
def test_a_folder(url, folder, settings):
    keep_files_at(settings, url)
    store = storages["files"]
    assert isinstance(store, FolderStorage)
    assert store.location == folder


@pytest.mark.parametrize(
    ("url", "meant"),
    [
        ("s3://filings", ("filings", "", None, None)),
        ("s3://filings/a/b/?region=us-gov-west-1", ("filings", "a/b", None, "us-gov-west-1")),
        (
            "s3://filings?endpoint=https://s3.example.gov:9000&region=",
            ("filings", "", "https://s3.example.gov:9000", None),
        ),
    ],
)
def test_a_bucket(url, meant, settings):
    keep_files_at(settings, url)
    store = storages["files"]
    assert isinstance(store, BucketStorage)
    assert (store.bucket_name, store.location, store.endpoint_url, store.region_name) == meant


@pytest.mark.parametrize(
    "url",
    [
        "ftp://host/folder",
        "/srv/files",
        "file://",
        "file://var/files",
        "file:///srv/files?mode=600",
        "s3://",
        "s3:///filings",
        "s3://AKIAKEY:SECRET@filings",
        "s3://filings?endpont=https://host",
        "s3://filings?endpoint=host:9000",
    ],
)
def test_another_value_is_refused_by_the_name_of_the_variable_and_not_repeated(url):
    with pytest.raises(ImproperlyConfigured, match=r"^STORAGE_URL ") as refused:
        file_store(url)
    assert "SECRET" not in str(refused.value).replace("AWS_SECRET_ACCESS_KEY", "")


def test_a_bucket_without_the_packages_for_it_is_refused_with_the_remedy(monkeypatch):
    monkeypatch.setattr(module, "find_spec", lambda name: None)
    with pytest.raises(ImproperlyConfigured, match=r"^STORAGE_URL .* pip install -r requirements-s3.txt"):
        file_store("s3://filings")


def test_the_start_ends_with_the_name_of_the_variable(tmp_path: Path):
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tradecases.settings", "SECRET_KEY": "x" * 50}
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=PROJECT, env={**environment, "STORAGE_URL": "file://var/files"}, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode != 0
    assert "STORAGE_URL must name a folder of this machine by its whole path" in done.stderr
