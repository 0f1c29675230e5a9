"""What the figures must not exceed, and how they are printed."""

from dataclasses import dataclass

PAGE_FLOORS = 10.0
FILING_FLOORS = 30.0
MATCHER_FLOORS = 10.0
MATCHER_SECONDS = 2.0
HOSTILE_RATIO = 1.5  # of what the same responses with harmless files cost others
HOSTILE_WAIT = 2.0  # seconds
HOSTILE_MIB = 250.0
PAGE_STATEMENTS = 12
LIVE_CASES = 25_000
SEED_SECONDS = LIVE_CASES / 300
WORKLIST_FLOORS = 12.0
CASE_FLOORS = 15.0
CASE_STATEMENTS = 15
LIKE_FLOORS = 20.0
CLUSTER = 500
CLUSTER_SECONDS = 10.0
NOTICE = 400
NOTICE_SECONDS = 20.0
NOTICE_MIB = 300.0
LOAD_HTS_SECONDS = 15.0
LOAD_HTS_MIB = 400.0
LOAD_DOCKET_SECONDS = 30.0
REFUNDS_SECONDS = 30.0
LIST_FLOORS = 12.0
REMEMBERED_FLOORS = 8.0
A_MILLION_TIMES = 1.5
SCHEDULE_FLOORS = 15.0
ANSWER_FLOORS = 8.0
FIT_FLOORS = 15.0
FILE_MIB = 16.0
PROPOSALS_SECONDS = 60.0
PROPOSALS_MIB = 600.0
PLACING_MILLISECONDS = 200.0
OPPOSITE_APART = 2.0
GOODS = {  # percent that miss
    "in the first five": 10.0,
    "first": 25.0,
    "misspelt, in the first five": 15.0,
    "in neither list, in the first five": 15.0,
    "real names, in the first five": 35.0,
}


@dataclass(frozen=True)
class Figure:
    """One measured number against its goal; without a goal it is only told."""

    name: str
    value: float
    unit: str
    goal: float | None = None
    note: str = ""

    @property
    def met(self) -> bool:
        """Whether the goal is met, or there is none."""
        return self.goal is None or self.value <= self.goal

    def line(self) -> str:
        """Return one row of the table."""
        goal = "" if self.goal is None else f"at most {self.goal:g}"
        verdict = "" if self.goal is None else ("met" if self.met else "MISSED")
        value = f"{self.value:,.0f}" if self.unit == "statements" else f"{self.value:,.1f}"
        return f"  {self.name:<46}{value:>9} {self.unit:<11}{goal:<14}{verdict:<8}{self.note}".rstrip()
