"""Runs a command with a PostgreSQL and a Redis beside it, and takes away afterwards what it brought.

    python .ci/services.py [--optional] -- COMMAND …

It sets DATABASE_URL (a database name of its own, which the command's test runner makes and drops) and REDIS_URL.
It uses, in this order: TEST_DATABASE_URL and TEST_REDIS_URL; a private server on a free port, started from installed
programs and stopped by its process id; what answers on the usual local ports. A private PostgreSQL is several times
quicker, since nothing in it has to outlive a crash. Exit status 77: one of them is not to be had, and the command was
not run; with --optional the command runs with what there is.
"""

import argparse
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import redis

COULD_NOT_RUN = 77
SOCKETS = "/var/run/postgresql"
USUAL_POSTGRES = (
    f"postgresql:///postgres?host={SOCKETS}",
    "postgresql://127.0.0.1:5432/postgres",
    "postgresql://postgres@127.0.0.1:5432/postgres",
)
USUAL_REDIS = "redis://127.0.0.1:6379"
PATIENCE = 120  # seconds for a start beside busy neighbours
REDIS_DATABASE = 15  # away from the data of whoever else uses that server


class NotToBeHad(Exception):
    """A service that does not answer and cannot be started; the message says what would help."""


def say(text: str) -> None:
    """Tell the person at the terminal, at once."""
    sys.stderr.write(f"{text}\n")


def free_port() -> int:
    """Return a TCP port of this machine that nobody listens on."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


# ---- PostgreSQL -------------------------------------------------------------------------------------------------
def may_make_databases(url: str) -> bool:
    """Whether a server answers there and lets us make databases."""
    try:
        with psycopg.connect(url, connect_timeout=10) as connection:
            row = connection.execute(
                "SELECT rolsuper OR rolcreatedb FROM pg_roles WHERE rolname = current_user"
            ).fetchone()
    except psycopg.OperationalError:
        return False
    return bool(row and row[0])


def named(url: str, database: str) -> str:
    """Return the URL with another database name, in the form that Django reads (a socket folder is four slashes)."""
    parts = urlsplit(url)
    if not parts.netloc:
        return f"postgresql:///{SOCKETS}/{database}"
    return urlunsplit(("postgresql", parts.netloc, f"/{database}", parts.query, ""))


@contextmanager
def private_postgres() -> Iterator[str]:
    """Start a PostgreSQL of our own in a temporary folder, on a free port, as a user that is not root."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    initdb = str(programs[-1]) if programs else shutil.which("initdb")
    if not initdb:
        raise NotToBeHad("No PostgreSQL is installed and none answers. On Debian or Ubuntu: apt-get install postgresql")
    binaries = Path(initdb).parent
    who: dict[str, object] = {}
    folder = Path(tempfile.mkdtemp(prefix="tradecases-pg-"))
    if os.geteuid() == 0:  # the server refuses to run as root
        names = {entry.pw_name for entry in pwd.getpwall()}
        user = "postgres" if "postgres" in names else "nobody"
        who = {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}
        shutil.chown(folder, user)
    data, port = folder / "data", free_port()
    # No autovacuum: tests roll back what they wrote, and tables that were once counted as empty are joined row by row.
    settings = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"
    settings += " -c autovacuum=off"
    settings += " -c synchronous_commit=off -c full_page_writes=off -c wal_level=minimal -c max_wal_senders=0"
    control = [str(binaries / "pg_ctl"), "-D", str(data), "-w", "-t", str(PATIENCE)]
    try:
        for command in (
            [initdb, "-D", str(data), "-U", "app", "--auth=trust", "--locale=C.UTF-8", "-E", "UTF8", "-N"],
            [*control, "-l", str(folder / "log"), "-o", settings, "start"],
        ):
            done = subprocess.run(command, capture_output=True, text=True, cwd="/", **who)  # type: ignore[call-overload]
            if done.returncode:
                raise NotToBeHad(f"{command[0]} failed: {done.stderr.strip() or done.stdout.strip()}")
        say(f"Started a private PostgreSQL on port {port}.")
        yield f"postgresql://app@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run([*control, "-m", "fast", "stop"], capture_output=True, cwd="/", **who)  # type: ignore[call-overload]
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def postgres() -> Iterator[str]:
    """Yield a URL whose database does not exist yet; drop afterwards whatever tests left under that name."""
    with ExitStack() as stack:
        url = os.environ.get("TEST_DATABASE_URL") or local_postgres(stack)
        if not may_make_databases(url):
            raise NotToBeHad("TEST_DATABASE_URL does not answer, or its user may not make databases (CREATEDB).")
        database = f"tradecases_{os.getpid()}_run"  # its end keeps 12 apart from 123
        try:
            yield named(url, database)
        finally:
            drop_left_over(url, database)


def local_postgres(stack: ExitStack) -> str:
    """Return the URL of a private server, or of one that answers here and lets us make databases."""
    try:
        return stack.enter_context(private_postgres())
    except NotToBeHad:
        url = next((url for url in USUAL_POSTGRES if may_make_databases(url)), None)
        if url is None:
            raise
        return url


def drop_left_over(url: str, database: str) -> None:
    """Drop the databases of a run that was cut short: the one named, and its test copies."""
    with psycopg.connect(url, autocommit=True) as connection:
        rows = connection.execute(
            "SELECT datname FROM pg_database WHERE datname = %s OR starts_with(datname, %s)",
            [database, f"test_{database}"],
        ).fetchall()
        for (name,) in rows:
            connection.execute(psycopg.sql.SQL("DROP DATABASE {} WITH (FORCE)").format(psycopg.sql.Identifier(name)))


# ---- Redis ------------------------------------------------------------------------------------------------------
def answers(url: str) -> bool:
    """Whether a Redis answers there."""
    try:
        with redis.Redis.from_url(url, socket_connect_timeout=10) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False


@contextmanager
def private_redis() -> Iterator[str]:
    """Start a Redis of our own that keeps nothing, on a free port."""
    program = shutil.which("redis-server") or shutil.which("valkey-server")
    if not program:
        raise NotToBeHad("No Redis is installed and none answers. On Debian or Ubuntu: apt-get install redis-server")
    port = free_port()
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"redis://127.0.0.1:{port}"
    try:
        limit = time.monotonic() + PATIENCE
        while not answers(url):
            if server.poll() is not None or time.monotonic() > limit:
                raise NotToBeHad(f"{program} was started on port {port} and does not answer.")
            time.sleep(0.1)
        say(f"Started a private Redis on port {port}.")
        yield url
    finally:
        server.terminate()
        server.wait(PATIENCE)


@contextmanager
def a_redis() -> Iterator[str]:
    """Yield the URL of a Redis database that is ours to fill."""
    with ExitStack() as stack:
        given = os.environ.get("TEST_REDIS_URL")
        if given:
            if not answers(given):
                raise NotToBeHad("TEST_REDIS_URL does not answer.")
            yield given
            return
        try:
            url = stack.enter_context(private_redis())
        except NotToBeHad:
            if not answers(USUAL_REDIS):
                raise
            url = USUAL_REDIS
        yield f"{url}/{REDIS_DATABASE}"


def main() -> None:
    """Run the command given after `--` and exit with its status, or with 77 when a service is not to be had."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--optional", action="store_true", help="run the command with what there is")
    parser.add_argument("command", nargs="+")
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the servers are stopped then, too
    environment = dict(os.environ)
    environment.pop("TEST_TEMPLATE_DATABASE", None)
    with ExitStack() as stack:
        for variable, service in (("DATABASE_URL", postgres), ("REDIS_URL", a_redis)):
            environment.pop(variable, None)
            try:
                environment[variable] = stack.enter_context(service())
                if variable == "DATABASE_URL":  # its name makes it one of those that are dropped afterwards
                    database = urlsplit(environment[variable]).path.rpartition("/")[2]
                    environment["TEST_TEMPLATE_DATABASE"] = f"test_{database}_migrated"
            except NotToBeHad as error:
                say(str(error))
                if not arguments.optional:
                    sys.exit(COULD_NOT_RUN)
        sys.exit(subprocess.run(arguments.command, env=environment, check=False).returncode)


if __name__ == "__main__":
    main()
