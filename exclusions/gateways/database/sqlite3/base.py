"""The connection."""

from django.db.backends.sqlite3 import base, operations

from exclusions.gateways.database.sealing import Sealing


class DatabaseOperations(operations.DatabaseOperations):
    """Where Django finds the compilers."""

    compiler_module = "exclusions.gateways.database.sqlite3.compiler"


class DatabaseWrapper(Sealing, base.DatabaseWrapper):
    """A connection that seals what is written."""

    ops_class = DatabaseOperations
