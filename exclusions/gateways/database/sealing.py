"""What a transaction wrote, noted by the compilers of the ORM and handed to the keeper of seals before the commit.

No door, action or library can leave a row unsealed by forgetting: whatever the ORM inserts, updates or deletes goes
through these compilers. What goes round them (SQL) is not sealed, and `verify_record` says so.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol, cast

from django.apps import apps
from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import DatabaseError, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from exclusions.gateways.database.observed import ObservedCursor

if TYPE_CHECKING:
    Wrapper = BaseDatabaseWrapper
else:
    Wrapper = object


class Keeper(Protocol):
    """Who seals rows: the module that the setting `KEEPER_OF_SEALS` names."""

    def is_sealed(self, model: type[models.Model], columns: Iterable[str] | None = None) -> bool:
        """Say whether rows of the model are sealed; with columns: whether a change of these is."""

    def seal(self, connection: Any, changed: dict[type[models.Model], set[Any]]) -> None:
        """Seal the rows of these keys as they are now in the transaction, or as gone."""

    def number_changes(self, connection: Any, changed: dict[type[models.Model], set[Any]]) -> None:
        """Number those of them that are public, for mirrors."""


@cache
def keeper() -> Keeper:
    """Return who seals rows; the models have to be loaded."""
    return cast("Keeper", import_module(settings.KEEPER_OF_SEALS))


def keeps(model: type[models.Model] | None, columns: Iterable[str] | None = None) -> bool:
    """Say whether the rows of a model are sealed. Those of a migration are afterwards: `guards.after_migrate`."""
    if model is None or model.__module__ == "__fake__" or not apps.ready:
        return False
    return keeper().is_sealed(model, columns)


class Sealing(Wrapper):
    """A connection that seals what its transaction wrote."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unsealed: dict[type[models.Model], set[Any]] = defaultdict(set)

    def make_cursor(self, cursor: Any) -> ObservedCursor:
        """Return a cursor whose failures have a line of the log."""
        return ObservedCursor(cursor, self)

    def note(self, model: type[models.Model], keys: Iterable[Any]) -> None:
        """Remember rows, by the keys that the database has for them, as written in this transaction."""
        self.unsealed[model].update(keys)

    def seal(self) -> None:
        """Seal what was written so far."""
        changed, self.unsealed = self.unsealed, defaultdict(set)
        if not changed:
            return
        try:
            keeper().seal(self, changed)
            keeper().number_changes(self, changed)  # last: whoever commits next waits for this one's lock
        except DatabaseError:
            raise
        except Exception as error:  # Django rolls a commit back for errors of the database alone
            raise DatabaseError("What was written could not be sealed.") from error

    def commit(self) -> None:
        """Seal, then commit."""
        self.seal()
        super().commit()

    def rollback(self) -> None:
        """Forget what was written, and roll back."""
        self.unsealed.clear()
        super().rollback()

    def close(self) -> None:
        """Forget what was written, and close."""
        self.unsealed.clear()
        super().close()


class _Noting:
    """Runs a statement that gives back the keys of the rows that it wrote."""

    query: Any
    connection: Any

    def _run(self, statements: Iterable[tuple[str, Any]]) -> int:
        model, count = self.query.model, 0
        quote = self.connection.ops.quote_name
        with self.connection.cursor() as cursor:
            for sql, params in statements:
                cursor.execute(f"{sql} RETURNING {quote(model._meta.pk.column)}", params)
                keys = [row[0] for row in cursor.fetchall()]
                self.connection.note(model, keys)
                count += len(keys)
        return count

    def _within_a_transaction(self, run: Any) -> Any:
        """A statement on its own is a transaction of its own, and would be committed before its seal."""
        if not self.connection.get_autocommit():
            return run()
        with transaction.atomic(using=self.connection.alias):
            return run()


class NotingInsert(_Noting):
    """Notes what is inserted."""

    def execute_sql(self, returning_fields: Any = None) -> Any:
        """Insert; return what Django asks for."""
        if not keeps(self.query.model):
            return super().execute_sql(returning_fields)  # type: ignore[misc]
        return self._within_a_transaction(lambda: self.insert_and_note(returning_fields))

    def insert_and_note(self, returning_fields: Any) -> Any:
        """Insert within a transaction, and note the keys; return what Django asks for."""
        model = self.query.model
        if not returning_fields:
            self._run(self.as_sql())  # type: ignore[attr-defined]
            return []
        rows = super().execute_sql(returning_fields)  # type: ignore[misc]
        key = model._meta.pk
        at = next((number for number, field in enumerate(returning_fields) if field == key), None)
        keys = [row[at] for row in rows] if at is not None else [found.pk for found in self.query.objs]
        self.connection.note(model, [key.get_db_prep_value(value, self.connection) for value in keys])
        return rows


class NotingUpdate(_Noting):
    """Notes what is updated."""

    def execute_sql(self, result_type: Any) -> Any:
        """Update; return the number of rows."""
        columns = [field.column for field, _, _ in self.query.values]
        if not keeps(self.query.model, columns) or self.query.related_updates:
            return super().execute_sql(result_type)  # type: ignore[misc]
        try:
            sql, params = self.as_sql()  # type: ignore[attr-defined]
        except EmptyResultSet:
            return 0
        return self._within_a_transaction(lambda: self._run([(sql, params)])) if sql else 0

    def execute_returning_sql(self, returning_fields: Any) -> Any:
        """Update; return of each row what Django asks for, which it does from 6.0 on."""
        key = self.query.model._meta.pk
        if not returning_fields or not keeps(self.query.model, [field.column for field, _, _ in self.query.values]):
            return super().execute_returning_sql(returning_fields)  # type: ignore[misc]

        def run() -> Any:
            rows = super(NotingUpdate, self).execute_returning_sql([key, *returning_fields])  # type: ignore[misc]
            keys = [key.get_db_prep_value(row[0], self.connection) for row in rows]
            self.connection.note(self.query.model, keys)
            return [row[1:] for row in rows]

        return self._within_a_transaction(run)


class NotingDelete(_Noting):
    """Notes what is deleted."""

    def execute_sql(self, result_type: Any) -> Any:
        """Delete; return the number of rows."""
        if not keeps(self.query.model):
            return super().execute_sql(result_type)  # type: ignore[misc]
        try:
            statement = self.as_sql()  # type: ignore[attr-defined]
        except EmptyResultSet:
            return 0
        return self._within_a_transaction(lambda: self._run([statement]))
