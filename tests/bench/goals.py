"""What the figures must not exceed, and how they are printed."""

from dataclasses import dataclass

PAGE_FLOORS = 25.0  # PostgreSQL, first asked
FULL_FLOORS = 40.0  # the fullest pages of a case, and each step of a draft
FILING_FLOORS = 45.0
STATEMENTS = 15  # a page; the begin and end of a transaction are not counted
A_MILLION_TIMES = 1.5
LIVE_CASES = 20_000
SEED_SECONDS = LIVE_CASES / 300
MATCHER_FLOORS = 10.0
MATCHER_SECONDS = 2.0
HOSTILE_RATIO = 1.5  # of what the same responses with harmless files cost others
HOSTILE_WAIT = 2.0  # seconds
HOSTILE_MIB = 250.0
CLUSTER = 500
CLUSTER_SECONDS = 10.0
SHEET_ROWS = 20_000  # at most; the filer of most petitions has 10,160
DRY_RUN_SECONDS = 120.0  # of 10,000 rows
DRY_RUN_MIB = 300
DUMP_SECONDS = 90.0  # of 53,000 petitions
DUMP_MIB = 250.0
NOTICE = 400
NOTICE_SECONDS = 20.0
NOTICE_MIB = 300.0
LOAD_HTS_SECONDS = 15.0
LOAD_HTS_MIB = 400.0
LOAD_DOCKET_SECONDS = 30.0
REFUNDS_SECONDS = 30.0
WATCHERS_SECONDS = 30.0  # of a thousand, until a mail server has taken their mail
WATCHERS_IDLE_SECONDS = 10.0  # the clock turns each minute
FILE_MIB = 16.0
GOODS = {  # percent that miss
    "in the first five": 10.0,
    "first": 25.0,
    "misspelt, in the first five": 15.0,
    "in neither list, in the first five": 15.0,
    "real names, in the first five": 35.0,
}


@dataclass(frozen=True)
class Figure:
    """One measured number against its goal; without a goal it is only told. A page's has its statements, too."""

    name: str
    value: float
    unit: str
    goal: float | None = None
    note: str = ""
    statements: int | None = None

    @property
    def met(self) -> bool:
        """Whether the goal is met, or there is none; a page of too many statements misses it."""
        return (self.goal is None or self.value <= self.goal) and (self.statements or 0) <= STATEMENTS

    def line(self) -> str:
        """Return one row of the table."""
        goal = "" if self.goal is None else f"at most {self.goal:g}"
        verdict = "" if self.goal is None and self.met else ("met" if self.met else "MISSED")
        sent = "" if self.statements is None else f"{self.statements} statements"
        return (
            f"  {self.name:<46}{self.value:>9,.1f} {self.unit:<10}{sent:<15}{goal:<14}{verdict:<8}{self.note}".rstrip()
        )
