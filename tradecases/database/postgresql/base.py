"""The connection."""

from django.db.backends.postgresql import base, operations

from tradecases.database.sealing import Sealing


class DatabaseOperations(operations.DatabaseOperations):
    """Where Django finds the compilers."""

    compiler_module = "tradecases.database.postgresql.compiler"


class DatabaseWrapper(Sealing, base.DatabaseWrapper):
    """A connection that seals what is written."""

    ops_class = DatabaseOperations
