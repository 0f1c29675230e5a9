"""What an error tells of the parts beneath the site: its database, its disk, its file store."""

import logging
import sqlite3
from collections.abc import Iterator
from errno import EDQUOT, ENOSPC
from typing import Any

from django.db import Error, InterfaceError, OperationalError

from exclusions.gateways.documents.object_store import StoreAway

# The primary codes of SQLite's result codes (https://sqlite.org/rescode.html): waiting or trying again may help.
SQLITE_TROUBLE = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
    }
)
# Classes and single codes of PostgreSQL's table (appendix A): connection lost, out of resources, ended or not ready
# yet, a deadlock or an order that cannot be kept, a lock not had in time, a transaction that was left idle.
POSTGRESQL_TROUBLE = ("08", "53", "57", "40001", "40P01", "55P03", "25P03")


def is_trouble(error: BaseException) -> bool:
    """Say whether a part beneath is away, full, locked or frozen: no fault of the request, nor of the program."""
    return any(_is(cause) for cause in _with_causes(error))


def _with_causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and what it came from, as far as that was handed on in words (`raise … from`)."""
    found: BaseException | None = error
    while found is not None:
        yield found
        found = found.__cause__


def _is(error: BaseException) -> bool:
    if isinstance(error, StoreAway):
        return True
    if isinstance(error, OSError):
        return error.errno in {ENOSPC, EDQUOT}
    if isinstance(error, InterfaceError):  # psycopg's word for a connection that is closed already
        return not isinstance(error.__cause__, sqlite3.Error)
    if isinstance(error, OperationalError):
        return _of_the_database(error.__cause__)
    return False


def _of_the_database(cause: BaseException | None) -> bool:
    if isinstance(cause, sqlite3.Error):
        return getattr(cause, "sqlite_errorcode", 0) & 0xFF in SQLITE_TROUBLE
    state = getattr(cause, "sqlstate", None)
    return state is None or str(state).startswith(POSTGRESQL_TROUBLE)


class WithoutOutages(logging.Filter):
    """Keeps from the log what would be said of a part that is away at every request; it is said once."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Say whether the line is written."""
        error: Any = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
        return not (isinstance(error, Error | OSError | StoreAway) and is_trouble(error))
