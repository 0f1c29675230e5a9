"""The compilers, by the names under which Django looks for them."""

from django.db.models.sql import compiler

from tradecases.database.sealing import NotingDelete, NotingInsert, NotingUpdate

SQLCompiler = compiler.SQLCompiler
SQLAggregateCompiler = compiler.SQLAggregateCompiler


class SQLInsertCompiler(NotingInsert, compiler.SQLInsertCompiler):
    """INSERT."""


class SQLUpdateCompiler(NotingUpdate, compiler.SQLUpdateCompiler):
    """UPDATE."""


class SQLDeleteCompiler(NotingDelete, compiler.SQLDeleteCompiler):
    """DELETE."""
