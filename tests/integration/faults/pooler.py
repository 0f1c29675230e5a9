"""A real PgBouncer before a PostgreSQL, in the mode that a test asks for."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from tests.conftest import cannot_run
from tests.waiting import end, eventually, free_port, listens

CONFIGURATION = """
[databases]
* = host={host} port={server}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = trust
auth_file = {folder}/people
pool_mode = {mode}
default_pool_size = {pool}
max_client_conn = 200
server_login_retry = 1
{more}
"""


def through(url: str, port: int) -> str:
    """Return the address of a database on loopback as it is through the pooler on a port."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=f"{parts.username}@127.0.0.1:{port}"))


@contextmanager
def pooler(url: str, mode: str, *, pool: int = 20, port: int = 0, **settings: str) -> Iterator[int]:
    """Start a PgBouncer before the server of an address; yield its port. `settings` are further ones of its file."""
    program = shutil.which("pgbouncer") or "/usr/sbin/pgbouncer"
    if not Path(program).exists():
        cannot_run("PgBouncer is not installed.")
    parts, port = urlsplit(url), port or free_port()
    folder = Path(tempfile.mkdtemp(prefix="tradecases-pooler-"))
    more = "\n".join(f"{name} = {value}" for name, value in settings.items())
    text = CONFIGURATION.format(
        host=parts.hostname, server=parts.port, port=port, folder=folder, mode=mode, pool=pool, more=more
    )
    (folder / "pgbouncer.ini").write_text(text)
    (folder / "people").write_text(f'"{parts.username}" ""\n')
    who: dict[str, object] = {}
    if os.geteuid() == 0:  # it refuses to run as root
        names = {entry.pw_name for entry in pwd.getpwall()}
        user = "postgres" if "postgres" in names else "nobody"
        who = {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}
        for path in (folder, *folder.iterdir()):
            shutil.chown(path, user)
    command = [program, "-q", str(folder / "pgbouncer.ini")]
    with (folder / "log").open("wb") as log:
        started = subprocess.Popen(command, stdout=log, stderr=log, cwd="/", **who)  # type: ignore[call-overload]
    try:
        eventually(lambda: listens(port), "PgBouncer takes connections", of=started)
        yield port
    finally:
        started.send_signal(signal.SIGQUIT)  # at once; otherwise it waits until its clients have gone
        end(started)
        shutil.rmtree(folder, ignore_errors=True)
