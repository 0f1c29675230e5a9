"""Whatever is done to a row in SQL behind the product's back is refused by the database or found by `verify_record`.

Complete by construction: every table of the database is sealed, or listed with the reason why it is not; of a sealed
table every column is changed, a row is added and a row is deleted.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import combinations
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, models, transaction

from exclusions.models import seals
from exclusions.queries.record.seal_check import seal_breaks

MOMENT = datetime(2019, 7, 8, 14, 0, tzinfo=UTC)
DAY = date(2019, 7, 8)
SEALED = pytest.mark.parametrize("model", seals.sealed_models(), ids=lambda model: model._meta.db_table)
# What a row of the table needs for its constraints, where the rules below do not give it.
ROWS: Mapping[str, Mapping[str, Any]] = {
    "exclusions_petition": {"status": "submitted", "reference": "USTR-2019-0005-000001"},
    "exclusions_round": {"closes_at": MOMENT + timedelta(days=1)},
    "exclusions_apitoken": {"expires_at": MOMENT + timedelta(days=1)},
    "exclusions_decision": {"outcome": "grant"},
    "exclusions_reopening": {"confirmed_by_id": 2},
    "exclusions_blindshare": {"percent": 20},
    "exclusions_comment": {"status": "withdrawn"},
    "exclusions_termdecision": {"recommended_by_id": 2},
    "exclusions_termreopening": {"confirmed_by_id": 2},
    "exclusions_closing": {"confirmed_by_id": 2},
    "exclusions_screening": {"reason_code": ""},
    "exclusions_authorization": {"client_id": uuid4()},
    "exclusions_amendment": {"confirmed_by_id": 2},
    "exclusions_argument": {"start": 1, "end": 2},
    "exclusions_argumentanswer": {"kind": "finding", "reason": ""},
}  # fmt: skip


def first(field: Any) -> Any:
    """Return a value for a column, whatever it means."""
    field = field.target_field if isinstance(field, models.ForeignKey) else field
    if field.choices:
        return next(iter(dict(field.flatchoices)))
    kinds: list[tuple[type[Any], Any]] = [
        (models.BooleanField, True),
        (models.DateTimeField, MOMENT),
        (models.DateField, DAY),
        (models.JSONField, {}),
        (models.UUIDField, uuid4()),
        (models.DecimalField, Decimal("7.5")),
        (models.IntegerField, 1),
    ]
    value = next((value for kind, value in kinds if isinstance(field, kind)), "word")
    return value[: field.max_length] if isinstance(value, str) else value


def another(value: Any) -> Any:
    """Return a value of the same kind that is not this one."""
    match value:
        case bool():
            return not value
        case None:
            return None
        case datetime() | date():
            return value + timedelta(days=3)
        case UUID():
            return uuid4()
        case Decimal() | int():
            return value + 1
        case dict() | list():
            return '{"another": 1}'
        case _:
            return f"{value[:-1]}x"


def put(model: type[models.Model]) -> models.Model:
    """Insert a row with every column filled, but for the fewest that the constraints of the table want empty."""
    fields = model._meta.local_concrete_fields
    filled = {field.attname: ROWS.get(model._meta.db_table, {}).get(field.attname, first(field)) for field in fields}
    can_be_empty = [field.attname for field in fields if field.null]
    for count in range(5):
        for empty in combinations(can_be_empty, count):
            made = model(**{**filled, **dict.fromkeys(empty)})
            try:
                with transaction.atomic():
                    model._base_manager.bulk_create([made])
            except IntegrityError:
                continue
            return made
    pytest.fail(f"No row of {model._meta.db_table} satisfies its constraints; describe one in ROWS.")


@pytest.fixture
def row(model: type[models.Model], db: None) -> Iterator[models.Model]:
    """Put a row with every column filled into the table, by the product's own way, and seal it.

    What the row points at is not there, which a database asks at a commit only: the transaction is never committed.
    """
    with transaction.atomic():
        made = put(model)
        seals.seal_now(connection)
        assert list(seal_breaks()) == []
        yield made
        transaction.set_rollback(True)


@contextmanager
def in_vain() -> Iterator[list[str]]:
    """Undo what is done within; the list gets what the database refused and what the check found."""
    told: list[str] = []
    try:
        with transaction.atomic():
            yield told
            told += seal_breaks()
            transaction.set_rollback(True)
    except DatabaseError as error:
        told.append(f"refused: {error}")


def run(statement: str, values: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        assert cursor.rowcount == 1, statement


@SEALED
def test_each_column_that_is_changed_is_refused_or_found(model: type[models.Model], row: models.Model) -> None:
    table, quote = model._meta.db_table, connection.ops.quote_name
    unseen = []
    for field in model._meta.local_concrete_fields:
        if field.column in seals.APART.get(table, ()):
            continue
        now = getattr(row, field.attname)
        value = another(first(field) if now is None else now)
        column = quote(field.column)
        given = value if isinstance(value, str) else field.get_db_prep_save(value, connection)
        with in_vain() as told:
            run(f"UPDATE {quote(table)} SET {column} = %s", [given])
        if not told:
            unseen.append(field.column)
    assert unseen == []


@SEALED
def test_a_row_that_is_deleted_is_refused_or_found(model: type[models.Model], row: models.Model) -> None:
    with in_vain() as told:
        run(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}", [])
    assert told


@SEALED
def test_a_row_that_is_added_is_refused_or_found(model: type[models.Model], row: models.Model) -> None:
    table, quote = model._meta.db_table, connection.ops.quote_name
    fields = model._meta.local_concrete_fields
    fixed = {"status", "sealed_at"} | {field.attname for field in fields if getattr(row, field.attname) is None}
    unique = {name for constraint in model._meta.total_unique_constraints for name in constraint.fields}
    unique |= {name for pair in model._meta.unique_together for name in pair}
    values = []
    for field in fields:
        now = getattr(row, field.attname)
        other = field.unique or field.name in unique
        value = another(now) if other and field.attname not in fixed else now
        values.append(value if isinstance(value, str) else field.get_db_prep_save(value, connection))
    names, marks = ", ".join(quote(field.column) for field in fields), ", ".join(["%s"] * len(fields))
    with in_vain() as told:
        run(f"INSERT INTO {quote(table)} ({names}) VALUES ({marks})", values)
    assert told


@pytest.mark.django_db
def test_every_table_is_sealed_or_has_a_reason_not_to_be() -> None:
    sealed = {model._meta.db_table for model in seals.sealed_models()}
    listed = seals.WITHOUT.keys() | seals.OF_OTHERS.keys()
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
    assert there - sealed - listed == set(), "neither sealed nor listed with a reason"
    assert sealed <= there
    assert seals.WITHOUT.keys() <= there, "listed and gone"
    assert all(reason.endswith(".") for reason in (*seals.WITHOUT.values(), *seals.OF_OTHERS.values()))


@pytest.mark.django_db
@pytest.mark.parametrize("statement", ["SET digest = 'x'", "SET why = 'x'", "SET of_row = '9'", "SET id = id + 100"])
def test_a_seal_that_is_changed_is_refused(statement: str) -> None:
    with in_vain() as told:
        seals.add(connection, [("exclusions_user", "1", "x", "y", "")])
        run(f"UPDATE exclusions_seal {statement} WHERE id = (SELECT max(id) FROM exclusions_seal)", [])
    assert [sentence for sentence in told if "append-only" in sentence]


@pytest.mark.django_db
def test_a_seal_that_is_put_in_is_found() -> None:
    columns = "(id, of_table, of_row, digest, shape, why, hash)"
    with in_vain() as told:
        seals.add(connection, [("exclusions_user", "1", "", "y", "")])
        number, last = seals.head(connection)
        forged = [number + 1, "exclusions_user", "2", "", "y", "", last]
        run(f"INSERT INTO exclusions_seal {columns} VALUES (%s, %s, %s, %s, %s, %s, %s)", forged)
    assert told == [f"The chain of seals: number {number + 1} does not agree with its hash."]
    with in_vain() as told:
        forged[0] = number + 3
        seals.add(connection, [("exclusions_user", "1", "", "y", "")])
        run(f"INSERT INTO exclusions_seal {columns} VALUES (%s, %s, %s, %s, %s, %s, %s)", forged)
    assert f"The chain of seals: number {number + 1} is missing; the next on record is {number + 3}." in told
