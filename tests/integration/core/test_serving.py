"""How gunicorn serves the product: pages do not wait behind forms with files, however many there are."""

import gc
import http.client
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from tests.conftest import PROJECT
from tests.waiting import eventually
from tradecases.serving import LARGE, UPLOADS

WORKER = "tradecases.serving.Worker"
FORM = {"Content-Type": "multipart/form-data; boundary=b"}


def answers(port: int) -> bool:
    with socket.socket() as sock:
        return sock.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def port() -> Iterator[int]:
    """The port of a server with one thread for pages."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        found = int(sock.getsockname()[1])
    command = [sys.executable, "-m", "gunicorn", "tests.integration.core.waiting_uploads:application"]
    command += ["--bind", f"127.0.0.1:{found}", "--worker-class", WORKER, "--threads", "1", "--no-control-socket"]
    with subprocess.Popen(command, cwd=PROJECT, stderr=subprocess.DEVNULL) as server:
        try:
            eventually(lambda: answers(found), "gunicorn answers", of=server)
            yield found
        finally:
            server.terminate()


def ask(port: int, method: str, path: str, *, headers: dict[str, str] | None = None, body: bytes = b"") -> bytes:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=120)) as connection:
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        return f"{answer.status} ".encode() + answer.read()


@pytest.mark.parametrize(
    ("headers", "more"),
    [(FORM, 0), ({"Content-Type": "application/json"}, LARGE)],
    ids=["forms with files", "long texts"],
)
def test_a_page_does_not_wait_behind_what_others_send(port: int, headers: dict[str, str], more: int) -> None:
    with ThreadPoolExecutor(2 * UPLOADS) as senders:
        forms = [
            senders.submit(ask, port, "POST", "/", headers=headers, body=f"form {number}".ljust(more).encode())
            for number in range(2 * UPLOADS)
        ]
        assert ask(port, "GET", "/") == b"200 "
        assert not any(form.done() for form in forms)
        ask(port, "GET", "/release")
        assert [form.result() for form in forms] == [
            b"200 " + f"form {number}".ljust(more).encode() for number in range(2 * UPLOADS)
        ]


def test_a_connection_serves_on_after_a_form_with_files_and_a_failure_is_answered(port: int) -> None:
    ask(port, "GET", "/release")
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=120)) as connection:
        for body in (b"one", b"two"):
            connection.request("POST", "/", body, FORM)
            assert connection.getresponse().read() == body
    assert ask(port, "POST", "/fail", headers=FORM, body=b"three").startswith(b"500 ")
    assert ask(port, "GET", "/") == b"200 "


def test_what_was_loaded_is_not_searched_for_garbage_while_people_wait(port: int) -> None:
    status, kept = ask(port, "GET", "/kept").split()
    assert status == b"200"
    assert int(kept) > len(gc.get_objects()) / 100  # of a process with far more in it than this server


@pytest.mark.parametrize("where", [".ci/serve.sh", "Dockerfile", "tests/bench/server.py"])
def test_it_is_how_the_product_is_served(where: str) -> None:
    assert WORKER in (PROJECT / where).read_text()
