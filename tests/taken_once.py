"""Steps that a process takes once: whoever takes the same one from the same state has the rows that it wrote written.

Some three hundred tests bring a petition to where they begin by the same transitions, from the same kept database
(`tests/kept_world.py`). The first of them in a process takes each by the actions; what it wrote (rows, files, mails,
what waits for the commit) is kept with the statements. The others get the same, to the byte, for a tenth of the time.

Two tests stand in the same state when they began in the same kept database and the same statements wrote since, which
a digest of these says; anything that a statement holds of chance or of the moment makes another one. Where it cannot
be told (a savepoint was rolled back, a trigger dropped), where somebody listens to the statements, or where the test
puts something in place of the product's, the step is taken as ever.
"""

from collections.abc import Callable, Generator, Hashable
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import time_machine
from django.conf import UserSettingsHolder, settings
from django.core import mail
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

READS = ("SELECT", "SAVEPOINT", "RELEASE", "BEGIN", "EXPLAIN", "PRAGMA", "(", "WITH")
WRITES = ("INSERT", "UPDATE", "DELETE")
# What each test has of its own, and no step reads but to put its files there.
OWN = {"STORAGE_URL", "STORAGES", "MEDIA_ROOT", "CACHES", "SETTINGS_MODULE", "default_settings", "_deleted"}
# With these a test puts something in place of the product's, or hears what a step says.
LISTENING = {"monkeypatch", "caplog", "capsys"}


class Written(NamedTuple):
    """A statement that wrote, as the driver takes it, and what the driver told of it."""

    sql: str
    params: Any
    many: bool
    told: int


def _told(sql: str, cursor: Any) -> int:
    """Return the number of rows, or where that is known with the last of them only, the row that was inserted last."""
    return int(cursor.lastrowid or 0) if "RETURNING" in sql else int(cursor.rowcount)


@dataclass
class Taken:
    """What a step wrote, and what it came to."""

    value: Any
    digest: bytes
    written: list[Written]
    files: dict[str, bytes]
    mails: list[Any]
    unsealed: dict[Any, set[Any]]
    awaiting: list[tuple[Callable[[], object], bool]]


@dataclass
class Trail:
    """What the running test wrote so far, and what steps came to from where it stands."""

    digest: bytes = b""
    known: bool = False
    raw: Any = None
    written: list[Written] = field(default_factory=list)
    kept: dict[Hashable, Taken] = field(default_factory=dict)

    def begin(self, state: str | None) -> None:
        """Start a test in a kept state; None: nothing is known of where it starts."""
        self.digest, self.written = (state or "").encode(), []
        self.raw = connection.connection
        self.known = state is not None and connection.vendor == "sqlite" and self.raw is not None

    def note(self, cursor: Any, sql: str, params: Any, many: bool) -> None:
        """Take down a statement that was executed, before the next one is."""
        if not self.known or sql.lstrip().startswith(READS):
            return
        ours = cursor.db.connection is self.raw and sql.startswith(WRITES)
        if not ours or (many and not isinstance(params, list | tuple)):
            self.known = False
            return
        self.digest = blake2b(
            self.digest + sql.encode() + repr(params).encode(errors="surrogatepass"), digest_size=16
        ).digest()
        native = sql if params is None else cursor.cursor.convert_query(sql)
        self.written.append(Written(native, params, many, _told(native, cursor)))

    def stands(self) -> bool:
        """Whether it is known where the test stands, and nobody hears what it sends."""
        listened = connection.force_debug_cursor or connection.execute_wrappers
        return (
            self.known
            and not listened
            and connection.connection is self.raw
            and connection.in_atomic_block
            and Path(settings.MEDIA_ROOT).as_uri() == settings.STORAGE_URL
        )

    def once(self, step: Hashable, take: Callable[[], Any]) -> tuple[Any, bool]:
        """Take the step, or write what it wrote; return what it came to, and whether it was written only."""
        if not self.stands():
            return take(), False
        key = (self.digest, step, _surroundings())
        if key in self.kept:
            self._write(self.kept[key])
            return self.kept[key].value, True
        with self._watched() as keep:
            value = take()
            keep(key, value)
        return value, False

    @contextmanager
    def _watched(self) -> Generator[Callable[[Hashable, Any], None]]:
        """Hand out what keeps a step that was taken within the block."""
        began, files, mails = len(self.written), _files(), len(mail.outbox)
        unsealed = {model: set(keys) for model, keys in connection.unsealed.items()}
        awaiting = len(connection.run_on_commit)

        def keep(key: Hashable, value: Any) -> None:
            now, unsealed_now = _files(), connection.unsealed
            whole = (
                files.keys() <= now.keys()
                and len(mail.outbox) >= mails
                and all(keys <= unsealed_now.get(model, set()) for model, keys in unsealed.items())
            )
            if not (whole and self.stands()):
                return
            self.kept[key] = Taken(
                value=value,
                digest=self.digest,
                written=self.written[began:],
                files={name: _path(name).read_bytes() for name, was in now.items() if files.get(name) != was},
                mails=mail.outbox[mails:],
                unsealed={model: keys - unsealed.get(model, set()) for model, keys in unsealed_now.items()},
                awaiting=[(run, robust) for _, run, robust in connection.run_on_commit[awaiting:]],
            )

        yield keep

    def _write(self, taken: Taken) -> None:
        """Write what a step wrote."""
        for sql, params, many, told in taken.written:
            done = self.raw.executemany(sql, params) if many else self.raw.execute(sql, params or ())
            assert _told(sql, done) == told, f"a step wrote other rows than when it was taken: {sql}"
            if done.description:  # RETURNING: the statement ends with its last row
                done.fetchall()
        for name, content in taken.files.items():
            _path(name).parent.mkdir(parents=True, exist_ok=True)
            _path(name).write_bytes(content)
        mail.outbox.extend(copy(sent) for sent in taken.mails)
        for model, keys in taken.unsealed.items():
            connection.note(model, keys)
        for run, robust in taken.awaiting:
            transaction.on_commit(run, robust=robust)
        self.written += taken.written
        self.digest = taken.digest


def _surroundings() -> Hashable:
    """Return the settings that a test has of its own, and the moment where its clock stands still."""
    overridden: dict[str, str] = {}
    holder = settings._wrapped
    while isinstance(holder, UserSettingsHolder):
        for name in vars(holder).keys() - OWN:
            overridden.setdefault(name, repr(vars(holder)[name]))
        holder = holder.default_settings
    return timezone.now() if time_machine.escape_hatch.is_travelling() else None, tuple(sorted(overridden.items()))


def _path(name: str) -> Path:
    return Path(settings.MEDIA_ROOT) / name


def _files() -> dict[str, tuple[int, int]]:
    """Return the files of the test's store, with what changes when one is written anew."""
    root = Path(settings.MEDIA_ROOT)
    found = {path: path.stat() for path in root.rglob("*") if path.is_file()}
    return {str(path.relative_to(root)): (stat.st_mtime_ns, stat.st_size) for path, stat in found.items()}


TRAIL = Trail()


def begin(item: pytest.Item, state: str | None) -> None:
    """Start a test in a kept state of the database, or in none."""
    alone = item.config.getoption("--lines-to", default="")  # which test runs which line: each takes its own steps
    TRAIL.begin(None if alone or LISTENING & _asked(item) else state)


def _asked(item: Any) -> set[str]:
    """Return the fixtures that the test and those fixtures of it ask for that are ours; libraries have their own."""
    found = item._fixtureinfo
    ours = (
        made for known in found.name2fixturedefs.values() for made in known if made.func.__module__.startswith("tests.")
    )
    return set(found.argnames).union(*(made.argnames for made in ours))


def pytest_configure() -> None:
    """Hear of every statement; the name is pytest's."""
    execute: Callable[..., Any] = CursorWrapper._execute_with_wrappers

    def heard(cursor: CursorWrapper, sql: str, params: Any, many: bool, executor: Any) -> Any:
        try:
            answer = execute(cursor, sql, params, many, executor)
        except Exception:
            TRAIL.known = False
            raise
        TRAIL.note(cursor, sql, params, many)
        return answer

    CursorWrapper._execute_with_wrappers = heard
