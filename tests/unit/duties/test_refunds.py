"""Until when the duty of an entry can be asked back, by hand-counted days."""

from datetime import date

import pytest

from exclusions.duties.refunds import RULES, Route, window

ENTERED = date(2019, 1, 15)


@pytest.mark.parametrize(
    ("today", "route", "act_by"),
    [
        (date(2019, 1, 15), Route.CORRECT, date(2019, 11, 10)),
        (date(2019, 11, 10), Route.CORRECT, date(2019, 11, 10)),
        (date(2019, 11, 11), Route.WAIT, date(2020, 5, 23)),
        (date(2019, 11, 24), Route.WAIT, date(2020, 5, 23)),
        (date(2019, 11, 25), Route.PROTEST, date(2020, 5, 23)),
        (date(2020, 5, 23), Route.PROTEST, date(2020, 5, 23)),
        (date(2020, 5, 24), Route.CHECK, date(2020, 7, 13)),
        (date(2020, 7, 13), Route.CHECK, date(2020, 7, 13)),
        (date(2020, 7, 14), Route.LOST, None),
    ],
)
def test_the_way_that_is_open_day_by_day(today: date, route: Route, act_by: date | None) -> None:
    """299 and 314 days after entry, 180 after that; by law a year after entry and 180 days."""
    found = window(ENTERED, today)
    assert (found.route, found.act_by, found.estimated) == (route, act_by, True)
    assert (found.correction_by, found.liquidation_on, found.protest_by) == (
        date(2019, 11, 10),
        date(2019, 11, 25),
        date(2020, 5, 23),
    )


@pytest.mark.parametrize(
    ("today", "liquidated", "route", "act_by"),
    [
        (date(2019, 6, 1), date(2019, 5, 31), Route.PROTEST, date(2019, 11, 27)),
        (date(2019, 11, 28), date(2019, 5, 31), Route.LOST, None),
        (date(2019, 5, 1), date(2019, 5, 31), Route.CORRECT, date(2019, 5, 16)),
        (date(2019, 5, 17), date(2019, 5, 31), Route.WAIT, date(2019, 11, 27)),
        # An extended liquidation: a correction ends 300 days after entry all the same.
        (date(2019, 12, 1), date(2021, 1, 15), Route.WAIT, date(2021, 7, 14)),
        (date(2019, 11, 11), date(2021, 1, 15), Route.CORRECT, date(2019, 11, 11)),
    ],
)
def test_a_known_day_of_liquidation_replaces_the_usual_one(
    today: date, liquidated: date, route: Route, act_by: date | None
) -> None:
    found = window(ENTERED, today, liquidated)
    assert (found.route, found.act_by, found.estimated) == (route, act_by, False)


def test_a_liquidation_before_the_entry_is_refused() -> None:
    with pytest.raises(ValueError, match="before the entry"):
        window(ENTERED, ENTERED, date(2019, 1, 14))


def test_every_rule_is_cited() -> None:
    assert all("CFR" in rule.source or "U.S.C." in rule.source or " FR " in rule.source for rule in RULES)
