"""SQL by which the database itself keeps count of a table's rows: how many there are of each kind.

On SQLite one row a kind is counted up and down: one transaction writes at a time. On PostgreSQL each statement adds a
row of differences, so that no two transactions wait for each other, nor for ever; now and then whoever comes by draws
those of a kind together.
"""

from collections.abc import Mapping
from dataclasses import dataclass

OFTEN = 512  # rows of differences, after which they are drawn together
# What calls the function, as PostgreSQL itself writes it.
CALLS = {
    "insert": "REFERENCING NEW TABLE AS fresh",
    "update": "REFERENCING OLD TABLE AS former NEW TABLE AS fresh",
    "delete": "REFERENCING OLD TABLE AS former",
    "truncate": "",
}


@dataclass(frozen=True)
class Tally:
    """What is counted: the rows of a table into another, by columns that hold never NULL.

    `kind` has for each column of the tally how it is told of a row, which is put in for {row}: "" or "NEW.". `of` are
    the columns of the table of which it is told, `lock` belongs to who draws together: a number nobody else takes.
    """

    tally: str
    rows: str
    function: str
    kind: Mapping[str, str]
    of: str
    lock: int

    @property
    def body(self) -> str:
        """What the function of PostgreSQL does."""
        both = f"{self._one(1, 'fresh')} UNION ALL {self._one(-1, 'former')}"
        drawn = f"DELETE FROM {self.tally} WHERE ({self._names}) IN (SELECT {self._names} FROM {self.tally} {self._by}"
        return (
            " DECLARE due boolean := false; BEGIN "
            f"IF TG_OP = 'INSERT' THEN {self._noted(self._one(1, 'fresh'))}"
            f"ELSIF TG_OP = 'DELETE' THEN {self._noted(self._one(-1, 'former'))}"
            f"ELSIF TG_OP = 'UPDATE' THEN {self._noted(both)}"
            f"ELSE DELETE FROM {self.tally}; END IF; "
            f"IF due AND pg_try_advisory_xact_lock({self.lock}) THEN "
            f"WITH drawn AS ({drawn} HAVING count(*) > 1) RETURNING {self._names}, number) "
            f"{self._add} SELECT {self._names}, sum(number) FROM drawn {self._by} HAVING sum(number) <> 0; END IF; "
            "RETURN NULL; END "
        )

    @property
    def on_sqlite(self) -> dict[str, str]:
        """What the triggers of SQLite do, by their verbs."""
        down = f"UPDATE {self.tally} SET number = number - 1 WHERE {self._same('OLD.')};"
        up = (
            f"{self._add} SELECT {self._told('NEW.')}, 0 "
            f"WHERE NOT EXISTS (SELECT 1 FROM {self.tally} WHERE {self._same('NEW.')}); "
            f"UPDATE {self.tally} SET number = number + 1 WHERE {self._same('NEW.')};"
        )
        return {"insert": up, "update": f"{down} {up}", "delete": down}

    @property
    def anew(self) -> tuple[str, str]:
        """What counts the table as it stands."""
        counted = f"{self._add} SELECT {self._told('')}, count(*) FROM {self.rows} GROUP BY {self._places}"
        return f"DELETE FROM {self.tally}", counted

    @property
    def _names(self) -> str:
        return ", ".join(self.kind)

    @property
    def _places(self) -> str:
        return ", ".join(str(place) for place in range(1, len(self.kind) + 1))

    @property
    def _by(self) -> str:
        return f"GROUP BY {self._places}"

    @property
    def _add(self) -> str:
        return f"INSERT INTO {self.tally} ({self._names}, number)"

    def _told(self, row: str) -> str:
        return ", ".join(one.format(row=row) for one in self.kind.values())

    def _same(self, row: str) -> str:
        return " AND ".join(f"{name} = {one.format(row=row)}" for name, one in self.kind.items())

    def _one(self, number: int, source: str) -> str:
        named = ", ".join(f"{one.format(row='')} AS {name}" for name, one in self.kind.items())
        return f"SELECT {named}, {number} AS one FROM {source}"

    def _noted(self, source: str) -> str:
        summed = f"SELECT {self._names}, sum(one) FROM ({source}) AS of {self._by} HAVING sum(one) <> 0"
        added = f"{self._add} {summed} RETURNING id"
        return f"WITH added AS ({added}) SELECT bool_or(id % {OFTEN} = 0) INTO due FROM added; "


DOCKET = Tally(
    tally="exclusions_dockettally",
    rows="exclusions_publicpetition",
    function="exclusions_tally_docket",
    kind={"docket": "{row}docket", "stage": "{row}stage", "chapter": "substr({row}hts10, 1, 2)"},
    of="docket, stage, hts10",
    lock=1_913_301_975,
)
NO_DAY = "0001-01-01"  # in place of the day of a petition that bears none
DAYS = Tally(
    tally="exclusions_docketday",
    rows="exclusions_publicpetition",
    function="exclusions_tally_days",
    kind={"day": f"coalesce({{row}}posted_on, '{NO_DAY}')"},
    of="posted_on",
    lock=1_913_301_977,
)
NOBODY = "00000000-0000-0000-0000-000000000000"  # in place of the organization of a historical case
STORE = Tally(
    tally="exclusions_storedtally",
    rows="exclusions_storedcase",
    function="exclusions_tally_store",
    kind={
        **{name: f"{{row}}{name}" for name in ("hts10", "requester_key", "docket", "kind", "outcome")},
        "organization_id": f"coalesce({{row}}organization_id, '{NOBODY}')",
    },
    of="hts10, requester_key, docket, kind, outcome, organization_id",
    lock=1_913_301_976,
)
BODIES = {tally.function: tally.body for tally in (DOCKET, DAYS, STORE)}
