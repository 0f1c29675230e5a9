"""The connection."""

from typing import Any

from django.db.backends.sqlite3 import base, operations

from exclusions.gateways.database.sealing import Sealing


class DatabaseOperations(operations.DatabaseOperations):
    """Where Django finds the compilers."""

    compiler_module = "exclusions.gateways.database.sqlite3.compiler"


class DatabaseWrapper(Sealing, base.DatabaseWrapper):
    """A connection that seals what is written."""

    ops_class = DatabaseOperations

    def prepared_cursor(self) -> Any:
        """Return a cursor: SQLite's driver keeps its statements by itself."""
        return self.cursor()
