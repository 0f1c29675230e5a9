"""A pooler between the site and its database: which is refused, and what an operator has to set.

A pooler that gives each transaction another line to the server does not keep the statements that were prepared on the
one before: by the same name it runs somebody else's, and pages would show other people's rows. The process that greeted
a new connection is therefore held against the one that answers on it.
"""

import logging
import time
from collections.abc import Mapping
from typing import Any

import psycopg
from django.core.management.base import CommandError
from django.db import DatabaseError, OperationalError, connections

logger = logging.getLogger(__name__)

SESSION = "session"  # what DB_POOLED declares: one line to the server for as long as a connection lasts
REMEDY = (
    "Let DATABASE_URL (and PUBLIC_DATABASE_URL) name PostgreSQL itself, or run the pooler in session mode "
    "(PgBouncer: pool_mode = session) and set DB_POOLED=session."
)
UNDECLARED = (
    "DATABASE_URL leads to a pooler and not to PostgreSQL itself, so that answers may be those to somebody else's "
    f"question. Nothing is served. {REMEDY}"
)
BY_TRANSACTION = (
    "DB_POOLED=session is set, but two connections at once had one process of PostgreSQL. So the pooler gives it to "
    "another after each transaction, and answers may be those to somebody else's question. Nothing is served. Set "
    "pool_mode = session in the pooler, or let DATABASE_URL name PostgreSQL itself."
)
UNKNOWN_PARAMETER = (
    "DATABASE_URL leads to a pooler that refuses a startup parameter, such as the limits on how long a statement may "
    f"take. Nothing is served. {REMEDY} Where DATABASE_URL has options of its own, the pooler needs also "
    "ignore_startup_parameters = extra_float_digits,options; it then leaves them out."
)
QUIET = 30.0  # seconds within which the log is told once
_told_at = -QUIET


class BehindPooler(OperationalError, CommandError):
    """The way to the database leads through a pooler that is not declared: pages answer 503, commands say this."""


def refusal(error: psycopg.OperationalError) -> BehindPooler | None:
    """Return the refusal where a connection failed because a pooler does not know what PostgreSQL knows; else None."""
    return _told(UNKNOWN_PARAMETER) if "unsupported startup parameter" in str(error) else None


def hold_against_greeting(line: "psycopg.Connection[Any]", declared: str, limits: Mapping[str, str]) -> None:
    """Refuse a new connection on which another process answers than greeted, unless session mode is declared.

    Behind a declared pooler the limits are set here, because it refuses them as startup parameters. One statement.
    Raises BehindPooler, and closes the connection then.
    """
    told = limits if declared == SESSION else {}
    sets = "".join(f", set_config('{name}', '{value}', false)" for name, value in told.items())
    answering = _asked(line, f"SELECT pg_backend_pid(){sets}")
    if declared != SESSION and answering != line.info.backend_pid:
        line.close()
        raise _told(UNDECLARED)


def check_ways() -> None:
    """Try each way to the database once, before anything is served. Raises BehindPooler.

    A database that does not answer is none of this: pages say so for as long as it is away.
    """
    for connection in connections.all():
        try:
            connection.ensure_connection()
            if connection.settings_dict.get("POOLED") == SESSION:
                _refuse_transaction_mode(connection)
        except BehindPooler:
            raise
        except DatabaseError:
            logger.warning("The database did not answer at the start; pages say so until it does.")
        finally:
            connection.close()


def _refuse_transaction_mode(connection: Any) -> None:
    """Refuse a pooler that gives two connections at once the same process: in session mode each has its own."""
    second = connection.copy()
    try:
        second.ensure_connection()
        if _process_of(connection) == _process_of(second):
            raise _told(BY_TRANSACTION)
    finally:
        second.close()


def _process_of(connection: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def _asked(line: "psycopg.Connection[Any]", sql: str) -> int:
    with line.cursor() as cursor:
        cursor.execute(sql)
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def _told(sentence: str) -> BehindPooler:
    """Return the refusal, and say it in the log, once in a while: each request meets it."""
    global _told_at
    if time.monotonic() - _told_at >= QUIET:
        _told_at = time.monotonic()
        logger.error("%s", sentence)
    return BehindPooler(sentence)
