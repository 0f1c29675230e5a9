"""How many petitions of each docket, stage and chapter, and of each day, there are, kept by who writes them.

And the guard that has the database keep count of any table's rows.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models

from exclusions.gateways.database.tallies import CALLS, Tally
from exclusions.models.guards import POSTGRESQL, Trigger


class DocketTally(models.Model):
    """So many petitions of one kind, or so many more or fewer: what is true is the sum of a kind's rows."""

    docket = models.CharField(max_length=20)
    stage = models.CharField(max_length=10)
    chapter = models.CharField("chapter of the HTSUS", max_length=2)
    number = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["docket", "stage", "chapter"], name="docket_tally_kind")]

    def __str__(self) -> str:
        return f"{self.docket} {self.stage} {self.chapter}: {self.number}"


class DocketDay(models.Model):
    """So many petitions posted on a day, or so many more or fewer: what is true is the sum of a day's rows.

    `day` is that of `tallies.NO_DAY` for petitions that bear none.
    """

    day = models.DateField(db_index=True)
    number = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.day}: {self.number}"


@dataclass(frozen=True)
class Tallied:
    """The database counts the rows of the table by kind, whoever writes them. `called` tells two tallies apart."""

    kept: Tally
    called: str = "tally"

    def triggers(self, model: type[models.Model], vendor: str) -> Iterator[Trigger]:
        """Return a trigger for each verb."""
        table: Any = model._meta.db_table
        if vendor == POSTGRESQL:
            for verb, tables in CALLS.items():
                name, each = (
                    f"{table}_{self.called}_{verb}",
                    f"FOR EACH STATEMENT EXECUTE FUNCTION {self.kept.function}()",
                )
                when = " ".join(filter(None, (f"AFTER {verb.upper()} ON {table}", tables, each)))
                yield Trigger(name, table, f"CREATE TRIGGER {name} {when}")
            return
        for verb, body in self.kept.on_sqlite.items():
            name, of = f"{table}_{self.called}_{verb}", f" OF {self.kept.of}" if verb == "update" else ""
            yield Trigger(name, table, f"CREATE TRIGGER {name} AFTER {verb.upper()}{of} ON {table} BEGIN {body} END")

    def after(self, vendor: str) -> Sequence[str]:
        """Count anew."""
        return self.kept.anew
