"""Until when the duty of one entry can be asked back, and by which way, as of a day. Each rule with its source."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from exclusions.workflow.deadlines import one_year_after
from exclusions.workflow.terms import PROTEST_DAYS_AFTER_LIQUIDATION, refund_guide


class Route(StrEnum):
    """The way that is open on the day."""

    CORRECT = "correct"
    WAIT = "wait"
    PROTEST = "protest"
    CHECK = "check"
    LOST = "lost"


WORDS = {
    Route.CORRECT: "Post summary correction",
    Route.WAIT: "Wait for liquidation, then protest",
    Route.PROTEST: "Protest",
    Route.CHECK: "Look up the liquidation date: you may still be able to protest",
    Route.LOST: "Too late",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule in a sentence, and where it stands."""

    says: str
    source: str


RULES = (
    Rule(
        "Send a post summary correction within 300 days of the entry date and at least 15 days before the scheduled "
        "liquidation, whichever comes first.",
        "CBP, Post-Summary Corrections test, 82 FR 2385 (January 9, 2017)",
    ),
    Rule(
        "Customs usually liquidates an entry 314 days after the entry date. After one year the law treats it as "
        "liquidated as entered, unless Customs extended the time or suspended liquidation.",
        "19 U.S.C. 1504(a); 19 CFR 159.11",
    ),
    Rule(
        "Customs may extend the time for liquidation by a year at a time, to four years from the entry date at most. "
        "You may ask for this while a petition is pending.",
        "19 U.S.C. 1504(b); 19 CFR 159.12",
    ),
    Rule(
        "File a protest within 180 days after liquidation, and not before it.",
        "19 U.S.C. 1514(c)(3); 19 CFR 174.12(e)",
    ),
    Rule(
        "The liquidation date is the date of the notice that Customs posts on its website.",
        "19 CFR 159.9",
    ),
    Rule(
        "If nobody protests in time, liquidation is final and the duty does not come back.",
        "19 U.S.C. 1514(a)",
    ),
)


@dataclass(frozen=True, slots=True)
class Window:
    """The days of one entry, and the way that is open on the day asked for.

    `act_by` is the last day of that way, None where there is none. `estimated`: the day of liquidation is the usual
    one, and so is what hangs on it. `final_on`: after it a protest is too late even where the law itself liquidated.
    """

    correction_by: date
    liquidation_on: date
    protest_by: date
    final_on: date
    estimated: bool
    route: Route
    act_by: date | None

    @property
    def instruction(self) -> str:
        """The sentence that tells the importer which way is open."""
        return WORDS[self.route]


def window(entered_on: date, today: date, liquidated_on: date | None = None) -> Window:
    """Return the days of an entry of that date and the way open today, both ends inclusive.

    `liquidated_on` is the real or the scheduled day of liquidation; without it the usual 314 days after entry are
    assumed. No day is moved for a weekend or a holiday: file before it. ValueError when liquidation is before entry.
    """
    guide = refund_guide(entered_on, liquidated_on)
    deemed = one_year_after(entered_on) + timedelta(days=PROTEST_DAYS_AFTER_LIQUIDATION)
    final = max(guide.protest_by, deemed) if liquidated_on is None else guide.protest_by
    route, act_by = _way(guide.correction_by, guide.liquidation_on, guide.protest_by, final, today)
    return Window(guide.correction_by, guide.liquidation_on, guide.protest_by, final, guide.estimated, route, act_by)


def _way(
    correction_by: date, liquidation_on: date, protest_by: date, final: date, today: date
) -> tuple[Route, date | None]:
    if today <= correction_by and today < liquidation_on:
        return Route.CORRECT, correction_by
    if today < liquidation_on:
        return Route.WAIT, protest_by
    if today <= protest_by:
        return Route.PROTEST, protest_by
    return (Route.CHECK, final) if today <= final else (Route.LOST, None)
