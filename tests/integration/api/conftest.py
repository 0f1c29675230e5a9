"""The public site that the API's tests read, and the typed client that a tool makes of its schema."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import httpx
import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from rest_framework.throttling import SimpleRateThrottle

from tests.factories.site import make_site
from tests.made_once import Standing

PDF = "application/pdf"  # which the tool knows as bytes of any kind


@pytest.fixture
def listed_site(db: None, standing: Standing | None) -> None:
    """Make something for every list of the API, where it does not stand already (tests/made_once.py)."""
    if not (standing and standing.name == "listed_site"):
        make_site()


@pytest.fixture
def no_throttle(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let one address ask as often as it likes."""
    for scope in ("anon", "user", "refunds", "responses", "token"):
        monkeypatch.setitem(SimpleRateThrottle.THROTTLE_RATES, scope, None)


@pytest.fixture
def in_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the server answer one request after the other, with all that it does once an answer is sent.

    On SQLite its threads share the connection of the test: the savepoints of one would end within those of another.
    """
    turn, answer = threading.Lock(), WSGIHandler.__call__

    def answer_in_turn(handler: WSGIHandler, environ: Any, start_response: Any) -> Any:
        with ExitStack() as held:
            held.enter_context(turn)
            response = answer(handler, environ, start_response)
            done = held.pop_all()
        done.callback(response.close)  # before the turn ends
        response.close = done.close
        return response

    monkeypatch.setattr(WSGIHandler, "__call__", answer_in_turn)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the name of the client's package, made of what /api/v1/schema/ serves; a warning of the tool fails."""
    folder = tmp_path_factory.mktemp("client")
    served = Client().get("/api/v1/schema/", headers={"Accept": "application/vnd.oai.openapi+json"})
    assert served.json()["openapi"].startswith("3.1")
    (folder / "openapi.json").write_bytes(served.content)
    (folder / "settings.json").write_text(
        json.dumps({"post_hooks": [], "content_type_overrides": {PDF: "application/octet-stream"}})
    )
    made = subprocess.run(
        [sys.executable, "-m", "openapi_python_client", "generate", "--fail-on-warning", "--meta", "none",
         "--path", "openapi.json", "--config", "settings.json", "--output-path", "tradecases_client"],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert made.returncode == 0, made.stdout + made.stderr
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(folder)
        yield "tradecases_client"
    for name in [name for name in sys.modules if name.startswith("tradecases_client")]:
        del sys.modules[name]


@pytest.fixture
def in_process() -> Iterator[httpx.WSGITransport]:
    """Let a client ask the product in this process.

    A request would end the connection that holds the test's transaction; Django's own test client keeps it likewise.
    """
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield httpx.WSGITransport(WSGIHandler())  # type: ignore[arg-type]
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
