"""The database backend that the settings name, and its compilers; Django looks for them by their names."""

import time
from typing import Any

import psycopg
from django.db.backends.postgresql import base, compiler, operations
from psycopg.abc import RV, PQGen

from exclusions.gateways.circuit import DATABASE
from exclusions.gateways.database import limits
from exclusions.gateways.database.postgresql.validation import DatabaseValidation
from exclusions.gateways.database.sealing import NotingDelete, NotingInsert, NotingUpdate, Sealing


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

    compiler_module = __name__


class DatabaseWrapper(Sealing, base.DatabaseWrapper):
    """Django's, with limits on every wait, and a seal on what is written."""

    ops_class = DatabaseOperations
    validation_class = DatabaseValidation

    Database = _Driver()  # type: ignore[assignment]  # what Django asks of the module it finds there

    def get_connection_params(self) -> dict[str, Any]:
        """Return what psycopg is told: the settings' own words, and the limits that hold for who asks.

        Long jobs go round a pooler where the settings name a way.
        """
        settings = self.settings_dict
        if settings.get("DIRECT") and not limits.limited():
            around = {**settings, **settings["DIRECT"], "DIRECT": {}, "POOLED": False}
            return type(self)(around, self.alias).get_connection_params()
        return limits.on_connecting(super().get_connection_params(), pooled=bool(settings.get("POOLED")))

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect; a server that was found frozen is left alone for a while, or each request would wait for it anew."""
        if limits.limited() and not DATABASE.worth_asking():
            raise psycopg.OperationalError("The database did not answer, and is asked again in a moment.")
        try:
            line = super().get_new_connection(conn_params)
        except psycopg.errors.ConnectionTimeout as late:
            DATABASE.failed(late)
            raise
        DATABASE.worked()
        return line


SQLCompiler = compiler.SQLCompiler
SQLAggregateCompiler = compiler.SQLAggregateCompiler


class SQLInsertCompiler(NotingInsert, compiler.SQLInsertCompiler):  # type: ignore[misc]
    """INSERT."""


class SQLUpdateCompiler(NotingUpdate, compiler.SQLUpdateCompiler):  # type: ignore[misc]
    """UPDATE."""


class SQLDeleteCompiler(NotingDelete, compiler.SQLDeleteCompiler):  # type: ignore[misc]
    """DELETE."""
