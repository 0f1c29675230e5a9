"""Files in a bucket of a real S3 server, moto's, which runs as a process of its own on loopback."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator

import boto3
import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from exclusions.gateways.documents.object_store import (
    FileTooLarge,
    StoreError,
    delete_file,
    open_file,
    read_file,
    store_file,
)
from exclusions.queries.record import readiness
from tests.conftest import keep_files_at
from tests.waiting import answers, end, eventually, free_port

KEYS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_EC2_METADATA_DISABLED": "true"}


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, **KEYS},
    )  # fmt: skip
    url = f"http://127.0.0.1:{port}"
    try:
        eventually(lambda: answers(f"{url}/moto-api/"), "the bucket's server answers", of=process)
        yield url
    finally:
        end(process)


@pytest.fixture(autouse=True)
def bucket(server: str, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    client = boto3.client("s3", endpoint_url=server, region_name="us-east-1")
    client.create_bucket(Bucket="filings")
    client.close()
    keep_files_at(settings, f"s3://filings/files?endpoint={server}&region=us-east-1")


def test_a_file_goes_to_the_bucket_and_comes_back() -> None:
    stored = store_file((b"piece" for _ in range(1_000_000)), limit=5_000_000)
    assert stored.size == 5_000_000
    with open_file(stored.key) as file:
        assert file.read(10) == b"piecepiece"
    assert len(read_file(stored.key)) == 5_000_000
    delete_file(stored.key)
    delete_file(stored.key)
    with pytest.raises(StoreError, match="missing"):
        read_file(stored.key)


def test_the_keys_of_an_older_site_still_lead_to_its_objects(server: str) -> None:
    client = boto3.client("s3", endpoint_url=server, region_name="us-east-1")
    client.put_object(Bucket="filings", Key="files/" + "c" * 32, Body=b"kept in 2019")
    client.close()
    assert read_file("c" * 32) == b"kept in 2019"
    delete_file("c" * 32)


def test_one_byte_too_many_leaves_nothing_in_the_bucket(server: str) -> None:
    with pytest.raises(FileTooLarge):
        store_file([b"12345", b"6"], limit=5)
    client = boto3.client("s3", endpoint_url=server, region_name="us-east-1")
    assert client.list_objects_v2(Bucket="filings")["KeyCount"] == 0
    client.close()


def test_a_bucket_that_is_not_there_is_a_sentence(server: str, settings: Settings) -> None:
    keep_files_at(settings, f"s3://nowhere?endpoint={server}&region=us-east-1")
    with pytest.raises(StoreError, match="does not work"):
        store_file([b"x"], limit=5)


@pytest.mark.django_db
def test_readiness_asks_the_bucket(
    server: str, settings: Settings, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readiness, "STORE_SECONDS", 120.0)
    assert client.get("/health/ready").json()["parts"]["files"] == "ok"
    keep_files_at(settings, f"s3://nowhere?endpoint={server}&region=us-east-1")
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["parts"]["files"]) == (503, "failed")
    assert "nowhere" not in answer.content.decode()


@pytest.mark.django_db
def test_readiness_does_not_wait_for_a_bucket_that_says_nothing(
    settings: Settings, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readiness, "STORE_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        keep_files_at(settings, f"s3://silent?endpoint=http://127.0.0.1:{silent.getsockname()[1]}&region=us-east-1")
        answer = client.get("/health/ready")
        asked, _ = silent.accept()
        with asked:  # whoever asked the bucket still waits for it: neither has been left off
            asked.setblocking(False)
            assert asked.recv(1 << 16)
            with pytest.raises(BlockingIOError):
                asked.recv(1)
    assert (answer.status_code, answer.json()["parts"]["files"]) == (503, "failed")
