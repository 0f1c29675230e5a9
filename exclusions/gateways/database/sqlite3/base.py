"""The connection and its compilers; Django looks for them by their names."""

from django.db.backends.sqlite3 import base, operations
from django.db.models.sql import compiler

from exclusions.gateways.database.sealing import NotingDelete, NotingInsert, NotingUpdate, Sealing


class DatabaseOperations(operations.DatabaseOperations):
    """Where Django finds the compilers."""

    compiler_module = __name__


class DatabaseWrapper(Sealing, base.DatabaseWrapper):
    """A connection that seals what is written."""

    ops_class = DatabaseOperations


SQLCompiler = compiler.SQLCompiler
SQLAggregateCompiler = compiler.SQLAggregateCompiler


class SQLInsertCompiler(NotingInsert, compiler.SQLInsertCompiler):  # type: ignore[misc]
    """INSERT."""


class SQLUpdateCompiler(NotingUpdate, compiler.SQLUpdateCompiler):  # type: ignore[misc]
    """UPDATE."""


class SQLDeleteCompiler(NotingDelete, compiler.SQLDeleteCompiler):  # type: ignore[misc]
    """DELETE."""
