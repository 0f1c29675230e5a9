"""Rows that have no seal, and those that were sealed late: by two persons, with a reason."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, Model

from exclusions.models import Proposal, seals
from exclusions.models.record import Seal
from exclusions.workflow.deadlines import eastern_date

LATE = "late:"  # why a row was sealed that had no seal; the number of the proposal follows
KEY = "seals"
SUBJECT = f"record:{KEY}"  # the chain of events about the record as a whole


@dataclass(frozen=True)
class Unsealed:
    """A row that was never sealed, with what would be its seal."""

    table: str
    key: str
    digest: str
    shape: str


def unsealed() -> list[Unsealed]:
    """Return each row that counts and was never sealed. What the running transaction wrote is sealed first."""
    seals.seal_now(connection)
    models = {model._meta.db_table: model for model in seals.sealed_models()}
    return [
        Unsealed(table, key, digest, seals.shape_of(models[table]))
        for table in sorted(_tables_with_some(models), key=list(models).index)
        for key, digest in sorted(seals.rows_of(connection, models[table], where=_never_sealed(models[table])))
    ]


def _tables_with_some(models: Mapping[str, type[Model]]) -> list[str]:
    """Return the tables that have a row without a seal: mostly none. One statement for all, which are a hundred."""
    quote = connection.ops.quote_name
    asked = [
        f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {quote(table)} WHERE {_never_sealed(model)})"
        for table, model in models.items()
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked))
        return [table for (table,) in cursor.fetchall()]


def _never_sealed(model: type[Model]) -> str:
    quote, table = connection.ops.quote_name, model._meta.db_table
    text = "text" if connection.vendor == "postgresql" else "TEXT"
    key = f"CAST({quote(table)}.{quote(str(model._meta.pk.column))} AS {text})"
    return f"NOT EXISTS (SELECT 1 FROM {seals.SEALS} s WHERE s.of_table = '{table}' AND s.of_row = {key})"


def by_table(rows: Sequence[Unsealed]) -> list[tuple[str, int]]:
    """Return how many there are of each table, most first."""
    return Counter(row.table.removeprefix("exclusions_") for row in rows).most_common()


def in_words(rows: Sequence[Unsealed]) -> str:
    """Say how many rows there are, and of which tables."""
    tables = ", ".join(f"{number} of {table}" for table, number in by_table(rows))
    return f"{len(rows)} rows ({tables})" if len(rows) != 1 else f"1 row ({tables})"


@dataclass(frozen=True)
class SealedLate:
    """How many rows were sealed late by one act; without a proposal nobody let them be."""

    number: int
    proposal: Proposal | None

    def __str__(self) -> str:
        rows = f"{self.number} row was" if self.number == 1 else f"{self.number} rows were"
        if self.proposal is None or self.proposal.settled_at is None:
            return f"{rows} sealed late, and no two persons let that be."
        day = eastern_date(self.proposal.settled_at)
        who = f"{self.proposal.proposed_by} and {self.proposal.settled_by}"
        return f"{rows} sealed late on {day:%Y-%m-%d} by {who}: {self.proposal.reason}"


def sealed_late() -> list[SealedLate]:
    """Return what was sealed late, the earliest act first."""
    late = Seal.objects.filter(why__startswith=LATE).values_list("why").annotate(number=Count("pk")).order_by("why")
    found = {_number(why): number for why, number in late}
    acts = Proposal.objects.filter(pk__in=found, act="seal_late", outcome=Proposal.Outcome.CONFIRMED)
    proposals = acts.select_related("proposed_by", "settled_by").in_bulk()
    return [SealedLate(number, proposals.get(key)) for key, number in found.items()]


def _number(why: str) -> int:
    key = why.removeprefix(LATE)
    return int(key) if key.isascii() and key.isdigit() else 0


def late_breaks() -> Iterator[str]:
    """Yield a sentence for rows that were sealed late without an act of two persons."""
    return (str(late) for late in sealed_late() if late.proposal is None)


def remarks() -> Iterator[str]:
    """Yield what is to be said of a record that is whole: which rows were sealed late, by whom, and why."""
    return (str(late) for late in sealed_late() if late.proposal is not None)
