"""Several processes of one server count together, and their lines and the server's own are of one form."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.conftest import PROJECT
from tests.waiting import PATIENCE, end, eventually, free_port, listens

ASKED = 20


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The product on two processes, without any table, and the file of all that it writes."""
    port, log = free_port(), tmp_path / "log"
    environment = {name: value for name, value in os.environ.items() if name not in {"DEMO", "DEBUG", "PYTHONWARNINGS"}}
    environment |= {"DATABASE_URL": f"sqlite:///{tmp_path}/no-tables.sqlite3", "SECRET_KEY": "k" * 50}
    environment |= {"DJANGO_SETTINGS_MODULE": "tradecases.settings", "TMPDIR": str(tmp_path)}
    command = [sys.executable, "-W", "ignore", "-m", "gunicorn", "tradecases.wsgi:application", "--workers", "2"]
    command += ["--bind", f"127.0.0.1:{port}", "--worker-class", "tradecases.serving.Worker", "--no-control-socket"]
    with (
        log.open("w") as written,
        subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=written, stderr=written) as process,
    ):
        try:
            eventually(lambda: listens(port), "gunicorn answers", of=process)
            yield f"http://127.0.0.1:{port}", log
        finally:
            end(process)
    assert list(tmp_path.glob("tradecases-counts-*")) == [], "the folder of counts is gone with the server"


def test_one_process_tells_what_all_counted_and_all_lines_are_json(server: tuple[str, Path]) -> None:
    host, log = server
    for _ in range(ASKED):
        urlopen(f"{host}/health/live", timeout=PATIENCE).close()
    for _ in range(5):  # whichever answers
        with urlopen(f"{host}/metrics", timeout=PATIENCE) as answer:
            text = answer.read().decode()
        assert f'tradecases_requests_total{{route="health/live",status="2xx"}} {ASKED}.0' in text
        assert "tradecases_database_up 1.0" not in text or "tradecases_outbox" in text
    lines = [json.loads(line) for line in log.read_text().splitlines() if line]
    assert [line["event"] for line in lines].count("request") >= ASKED
    assert {"gunicorn.error", "exclusions.request"} <= {line["logger"] for line in lines}
