"""What a log line tells of the addresses that were asked for: never what opens a page to whoever knows it."""

import io
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from django.conf import settings
from django.test import Client
from django.urls import get_resolver
from django.utils.module_loading import import_string

from exclusions.apps import without_matter
from exclusions.gateways.log_lines import OPEN, WithoutSecrets, secret_parts, without_secrets
from exclusions.gateways.observed.lines import Lines
from tests.conftest import PROJECT
from tests.factories.addresses import addresses
from tests.waiting import PATIENCE, end, eventually, free_port, listens

SECRET = "s3cretZ"  # shorter than anything that is hidden for its length alone
LONG_SECRET = "ImFkZHJlc3MtdGhhdC1vcGVucyI:1vNq3L:0Hk-kq6SNJcHOYTT"
TABLE = sorted(secret_parts(), key=str)


def filled(template: str, secret: frozenset[str], word: str) -> str:
    class Words(dict[str, str]):
        def __missing__(self, name: str) -> str:
            return word if name in secret else "1"

    return "/" + template % Words()


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """What the handlers of the settings write."""
    handlers = [h for h in logging.getLogger().handlers if isinstance(h.formatter, WithoutSecrets)]
    if not handlers:  # the runner of tests took them away
        made = logging.StreamHandler()
        made.setFormatter(Lines())
        logging.getLogger().addHandler(made)
        handlers = [made]
    stream = io.StringIO()
    monkeypatch.setattr(handlers[0], "stream", stream)
    return stream


def test_what_opens_a_page_is_among_the_secret_parts() -> None:
    found = {name for _, secret in TABLE for name in secret}
    assert {"token", "key", "uidb36"} <= found
    table = " ".join(template for template, _ in TABLE)
    for part in ("respond/confirm/%(token)s/take-down", "invitation/", "confirm-email/", "password/reset/key/"):
        assert part in table


def test_each_secret_link_has_a_part_that_is_secret() -> None:
    def walk(entries: list[Any]) -> Iterator[Any]:
        for entry in entries:
            yield from walk(entry.url_patterns) if hasattr(entry, "url_patterns") else [entry]

    links = [e for e in walk(get_resolver().url_patterns) if getattr(e.callback, "opened_by_address", False)]
    assert links
    for link in links:
        assert set(link.pattern.converters) - OPEN, link


def test_each_open_name_is_one_of_the_table() -> None:
    table = " ".join(address.route for address in addresses())
    assert {name for name in OPEN if name not in ("_0", "_1") and f"{name}>" not in table} == set()


@pytest.mark.django_db
@pytest.mark.parametrize("tail", ["", "not-there/", "?next=/x/&q=s3cretZ"])
@pytest.mark.parametrize(("template", "secret"), TABLE)
def test_no_refused_request_writes_what_opens_a_page(
    written: io.StringIO, template: str, secret: frozenset[str], tail: str
) -> None:
    for word in (SECRET, LONG_SECRET):
        for method in ("get", "post", "put", "delete"):
            address = filled(template, secret, word) + tail
            getattr(Client(enforce_csrf_checks=True, raise_request_exception=False), method)(address)
            logging.getLogger("django.request").error("Internal Server Error: %s", address)
    assert "Internal Server Error" in written.getvalue()
    assert SECRET not in written.getvalue()
    assert LONG_SECRET not in written.getvalue()


def test_a_traceback_and_a_mistyped_address_tell_no_secret(written: io.StringIO) -> None:
    try:
        raise ValueError(f"https://host/docket/A-1/respond/confirm/{SECRET}")
    except ValueError:
        logging.getLogger("any").exception("Of /dockett/A-1/respond/confrim/%s/", LONG_SECRET)
    assert "test_log_lines.py" in written.getvalue()
    assert SECRET not in written.getvalue()
    assert LONG_SECRET not in written.getvalue()


def test_what_opens_nothing_is_written_as_it_was() -> None:
    for address in ("/docket/A-1/reply/A-1-0002/", "/petitions/00000000-0000-4000-8000-000000000001/check/", "/a?"):
        assert without_secrets(f"Not Found: {address}").rstrip("…") == f"Not Found: {address}"


def test_every_handler_of_the_settings_writes_without_secrets() -> None:
    logs = settings.LOGGING
    for handler in logs["handlers"].values():
        assert issubclass(import_string(logs["formatters"][handler["formatter"]]["()"]), WithoutSecrets)
    code = (
        "import django, logging, sys; django.setup(); from exclusions.gateways.log_lines import WithoutSecrets\n"
        "loggers = [logging.getLogger(), *map(logging.getLogger, logging.root.manager.loggerDict)]\n"
        "sys.exit(str([(n, h) for n in loggers for h in n.handlers"
        " if type(h) is not logging.NullHandler and not isinstance(h.formatter, WithoutSecrets)] or ''))"
    )
    env = {"DJANGO_SETTINGS_MODULE": "tradecases.settings", "SECRET_KEY": "k" * 50, "PATH": ""}
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, env=env, capture_output=True, text=True)
    assert done.stderr.strip() == ""


def test_an_error_report_names_no_secret() -> None:
    event = {"transaction": f"/docket/A-1/respond/confirm/{SECRET}/", "contexts": {"trace": {"data": ["/x?q=1"]}}}
    told = str(without_matter(event))
    assert SECRET not in told
    assert "q=1" not in told


def test_the_servers_own_log_tells_no_secret(server: tuple[str, Path]) -> None:
    """As `make run` and the image start it, whether or not an access log is asked for."""
    host, log = server
    for code in (SECRET, LONG_SECRET):
        with pytest.raises(HTTPError):
            urlopen(f"{host}/docket/A-1/respond/confirm/{code}/?q={code}", timeout=PATIENCE)
    eventually(lambda: log.read_text().count("respond/confirm/…/?… HTTP") == 2, "both requests are in the access log")
    assert "Internal Server Error: " in log.read_text() or "Not Found: " in log.read_text()
    assert SECRET not in log.read_text()
    assert LONG_SECRET not in log.read_text()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The product, without any table, and the file of all that it writes."""
    port, log = free_port(), tmp_path / "log"
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path}/no-tables.sqlite3", "SECRET_KEY": "k" * 50}
    environment |= {"DJANGO_SETTINGS_MODULE": "tradecases.settings"}
    command = [sys.executable, "-m", "gunicorn", "tradecases.wsgi:application", "--access-logfile", "-"]
    command += ["--bind", f"127.0.0.1:{port}", "--worker-class", "tradecases.serving.Worker", "--no-control-socket"]
    with (
        log.open("w") as written,
        subprocess.Popen(
            [*command, "--threads", "2"], cwd=PROJECT, env=environment, stdout=written, stderr=written
        ) as process,
    ):
        try:
            eventually(lambda: listens(port), "gunicorn answers", of=process)
            yield f"http://127.0.0.1:{port}", log
        finally:
            end(process)
