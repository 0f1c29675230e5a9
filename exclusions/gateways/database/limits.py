"""How long the database may take, so that one that is locked, full or frozen holds nobody's request for long.

The server keeps the limits of statements, locks and idle transactions; the client keeps one of its own, for a server
that says nothing at all. Jobs that are known to take long are freed of them by name.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import PurePath
from typing import Any

from django.db import connections

CONNECT = 3  # seconds; libpq takes whole ones
CONNECT_OF_A_JOB = 15  # nobody looks at a page meanwhile, and a machine at its limit takes longer
STATEMENT = 6.0
LOCK = 5.0
IDLE_IN_TRANSACTION = 60.0
ANSWER = 7.5  # by the client's own clock: above what the server allows a statement, so that a live server speaks first

# What the server is told of who asks. What a page reads lies in memory or on flash: PostgreSQL takes a row by its key
# for four times as dear as the next one of a table, as on a disk that turns, and would walk through all cases to read
# the thousand of a page by their keys. No statement of a page or a file is so long that compiling it pays.
SERVER = {
    "statement_timeout": f"{STATEMENT:g}s",
    "lock_timeout": f"{LOCK:g}s",
    "idle_in_transaction_session_timeout": f"{IDLE_IN_TRANSACTION:g}s",
    "random_page_cost": "1.1",
    "jit": "off",
}
# What frees a long job of the limits that its role may have.
FREED = {name: "0" for name in SERVER if name.endswith("_timeout")}
# What the role of a pooled site is to have, and the words by which the server says that it was not told.
OF_ROLE = {**SERVER, "timezone": "UTC"}
UNTOLD = frozenset({"0", "4", "on"})

# Commands of manage.py that work through a whole table, a file or a schema.
LONG_JOBS = frozenset(
    {
        "check_leaks",
        "dumpdata",
        "export_docket",
        "first_run",
        "flush",
        "lint_text",
        "list_exclusions",
        "list_unsealed",
        "load_docket",
        "load_exclusions",
        "load_hts",
        "load_lists",
        "load_rounds",
        "load_shipped",
        "loaddata",
        "migrate",
        "propose_clusters",
        "run_clock",
        "seed_demo",
        "sweep_files",
        "upgrade",
        "verify_record",
        "write_annex",
    }
)

_lifted: ContextVar[bool] = ContextVar("database_limits_lifted", default=False)


def lift() -> None:
    """Free what runs here, from now on, of the limits."""
    _lifted.set(True)


def lift_for(command: Sequence[str]) -> None:
    """Free a management command of the limits when it is one of the long ones; `command` is the command line."""
    if len(command) > 1 and PurePath(command[1]).name in LONG_JOBS:
        lift()


@contextmanager
def lifted() -> Iterator[None]:
    """Free a job of the limits while it runs, on connections of its own; one within a transaction keeps what it has."""
    token = _lifted.set(True)
    _renew()
    try:
        yield
    finally:
        _lifted.reset(token)
        _renew()


def limited() -> bool:
    """Say whether the limits hold for what runs here."""
    return not _lifted.get()


def on_connecting(asked: dict[str, Any], *, pooled: bool = False) -> dict[str, Any]:
    """Return what psycopg is told when it connects: `asked`, which the operator's address may hold, and the limits.

    What the operator asks for wins. A connection whose other machine is gone is given up after as long as a statement.
    Behind a pooler the server is told nothing: its lines are everybody's, and the role has the limits (`untold`).
    """
    told: dict[str, Any] = {"connect_timeout": CONNECT if limited() else CONNECT_OF_A_JOB}
    if limited():
        told |= {
            "keepalives_idle": 5,
            "keepalives_interval": 1,
            "keepalives_count": 3,
            "tcp_user_timeout": int(ANSWER * 1000),
        }
    told |= asked
    if not pooled:
        options = " ".join(f"-c {name}={value}" for name, value in (SERVER if limited() else FREED).items())
        told["options"] = f"{options} {asked.get('options', '')}".strip()
    return told


def untold(settings: Mapping[str, str]) -> dict[str, str]:
    """Return what the role of a pooled site still has to be given, by what the server says of its settings."""
    return {
        name: value
        for name, value in OF_ROLE.items()
        if (settings[name] != value if name == "timezone" else settings[name] in UNTOLD)
    }


def _renew() -> None:
    """Let the connections go, so that the next ones are made under the limits that hold then."""
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close()
