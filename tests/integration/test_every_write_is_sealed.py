"""Whatever the ORM writes, in a transaction or by itself, has its seal when it is committed."""

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.db.models import F, Value
from django.db.models.functions import Concat

from exclusions.models import Organization, User
from exclusions.queries.record.seal_check import seal_breaks

MOMENT = datetime(2026, 3, 9, 14, tzinfo=UTC)
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.both_databases("Each database has compilers of its own."),
]


def company(name: str) -> Organization:
    return Organization(legal_name=name, created_at=MOMENT)


def person(name: str) -> User:
    return User(email=f"{name}@example.gov", date_joined=MOMENT)


def first() -> Organization:
    return Organization.objects.earliest("legal_name")


def save_changed() -> None:
    """Change a row by `save`, with a value that the database makes."""
    changed = first()
    changed.legal_name = Concat(F("legal_name"), Value(" Ltd"))
    changed.save()


def save_many() -> None:
    """Change several rows by one statement that gives each its own value."""
    rows = list(Organization.objects.order_by("legal_name"))
    for number, row in enumerate(rows):
        row.legal_name = f"{row.legal_name} {number}"
    Organization.objects.bulk_update(rows, ["legal_name"])


def groups() -> list[Group]:
    return [Group.objects.get_or_create(name=name)[0] for name in ("A", "B", "C")]


def reader() -> User:
    return User.objects.get(email="reader@example.gov")


# What is written, by how it is, and how many seals it leaves.
WRITES: dict[str, tuple[Callable[[], object], int]] = {
    "insert with a key of ours": (lambda: company("New").save(force_insert=True), 1),
    "insert with a key of the database": (lambda: person("new").save(), 1),
    "create": (lambda: User.objects.create(email="created@example.gov", date_joined=MOMENT), 1),
    "bulk_create": (lambda: Organization.objects.bulk_create(company(f"Bulk {n}") for n in range(5)), 5),
    "bulk_create in parts": (lambda: User.objects.bulk_create((person(f"bulk{n}") for n in range(5)), 2), 5),
    "bulk_create past what is there": (
        lambda: User.objects.bulk_create([person("reader"), person("late")], ignore_conflicts=True),
        1,
    ),
    "bulk_create or change": (
        lambda: User.objects.bulk_create(
            [User(email="reader@example.gov", full_name="Rita Reader", date_joined=MOMENT)],
            update_conflicts=True,
            unique_fields=["email"],
            update_fields=["full_name"],
        ),
        1,
    ),
    "get_or_create": (lambda: User.objects.get_or_create(email="new@example.gov", defaults={"date_joined": MOMENT}), 1),
    "save": (lambda: first().save(), 1),
    "save of a value that the database makes": (save_changed, 1),
    "update": (lambda: Organization.objects.update(kind="broker"), 3),
    "update of none": (lambda: Organization.objects.filter(legal_name="Nobody").update(kind="broker"), 0),
    "update of an empty list": (lambda: Organization.objects.filter(pk__in=[]).update(kind="broker"), 0),
    "bulk_update": (save_many, 3),
    "update_or_create": (lambda: Organization.objects.update_or_create(pk=first().pk, defaults={"kind": "broker"}), 1),
    "delete": (lambda: first().delete(), 1),
    "delete of several": (lambda: Organization.objects.all().delete(), 3),
    "delete of what belongs to it": (lambda: reader().delete(), 2),
    "add to many": (lambda: reader().groups.add(*groups()), 2),
    "set of many": (lambda: reader().groups.set(groups()[1:]), 3),
    "remove of many": (lambda: reader().groups.remove(groups()[0]), 1),
    "clear of many": (lambda: reader().groups.clear(), 1),
}


def count_seals() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM exclusions_seal")
        return int(cursor.fetchone()[0])


@pytest.fixture
def rows() -> Iterator[None]:
    """Put three companies on record, and a person in a group."""
    Organization.objects.bulk_create(company(f"Company {n}") for n in range(3))
    made = person("reader")
    made.save()
    made.groups.add(groups()[0])
    assert list(seal_breaks()) == []
    yield
    assert list(seal_breaks()) == []


@pytest.mark.parametrize("together", [True, False], ids=["in a transaction", "by itself"])
@pytest.mark.parametrize("write", WRITES)
def test_each_way_to_write_leaves_its_seals(rows: None, write: str, together: bool) -> None:
    write_it, seals = WRITES[write]
    before = count_seals()
    with transaction.atomic() if together else nullcontext():
        write_it()
    assert count_seals() - before == seals
    assert connection.get_autocommit()


@pytest.mark.parametrize("write", [name for name, (_, seals) in WRITES.items() if seals])
def test_what_is_rolled_back_leaves_none(rows: None, write: str) -> None:
    before = count_seals()
    with transaction.atomic():
        WRITES[write][0]()
        transaction.set_rollback(True)
    assert count_seals() == before
    person("after").save()
    assert count_seals() == before + 1
