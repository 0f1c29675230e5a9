"""The database backend that the settings name; Django looks for it under this name."""

import time
from typing import Any

import psycopg
from django.core.checks import CheckMessage, Error
from django.db import DatabaseError
from django.db.backends.base.validation import BaseDatabaseValidation
from django.db.backends.postgresql import base, operations
from psycopg.abc import RV, PQGen

from exclusions.gateways.circuit import DATABASE
from exclusions.gateways.database import limits, pooled
from exclusions.gateways.database.sealing import Sealing


class PatientConnection(psycopg.Connection[Any]):
    """A connection that is given up when the server says nothing for too long; a frozen one keeps no limits."""

    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        """Wait as psycopg does, within the client's limit where one holds."""
        if timeout is not None or not limits.limited():
            return super().wait(gen, interval, timeout)
        began = time.monotonic()
        try:
            return super().wait(gen, interval, limits.ANSWER)
        except psycopg.OperationalError as late:
            if time.monotonic() - began < limits.ANSWER:
                raise
            # Whatever comes yet is the answer to something else: nothing more is asked on this line.
            self.pgconn.finish()
            DATABASE.failed(late)
            raise psycopg.OperationalError("The database did not answer in time.") from late


class _Driver:
    """psycopg as Django uses it, but for the kind of its connections."""

    connect = PatientConnection.connect

    def __getattr__(self, name: str) -> Any:
        return getattr(psycopg, name)


class DatabaseOperations(operations.DatabaseOperations):
    """Where Django finds the compilers."""

    compiler_module = "exclusions.gateways.database.postgresql.compiler"


class DatabaseValidation(BaseDatabaseValidation):
    """What `manage.py check --database default` and `migrate` say of the way to the database."""

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        """Return an error where it leads through a pooler that is not declared; nothing of a server that is away."""
        try:
            self.connection.ensure_connection()
        except pooled.BehindPooler as refused:
            return [Error(str(refused), id="exclusions.E001")]
        except DatabaseError:
            return []
        found: list[CheckMessage] = super().check(**kwargs)
        return found


class DatabaseWrapper(Sealing, base.DatabaseWrapper):
    """Django's, with limits on every wait, and a seal on what is written."""

    ops_class = DatabaseOperations
    validation_class = DatabaseValidation

    Database = _Driver()  # type: ignore[assignment]  # what Django asks of the module it finds there

    def get_connection_params(self) -> dict[str, Any]:
        """Return what psycopg is told: the settings' own words, and the limits that hold for who asks."""
        return limits.on_connecting(super().get_connection_params(), by_options=not self._pooled)

    @property
    def _pooled(self) -> str:
        return str(self.settings_dict.get("POOLED", ""))

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect; a server that was found frozen is left alone for a while, or each request would wait for it anew.

        Raises BehindPooler where it leads to a pooler that is not declared.
        """
        if limits.limited() and not DATABASE.worth_asking():
            raise psycopg.OperationalError("The database did not answer, and is asked again in a moment.")
        try:
            line = super().get_new_connection(conn_params)
        except psycopg.errors.ConnectionTimeout as late:
            DATABASE.failed(late)
            raise
        except psycopg.OperationalError as error:
            refused = pooled.refusal(error)
            if refused is not None:
                raise refused from error
            raise
        DATABASE.worked()
        line.autocommit = True
        pooled.hold_against_greeting(line, self._pooled, limits.of_server())
        return line
