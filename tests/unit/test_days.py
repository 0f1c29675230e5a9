"""How a day is written out."""

from datetime import date

import pytest

from exclusions.days import MONTHS, in_full, in_short


@pytest.mark.parametrize("month", range(1, 13))
def test_a_day_reads_as_in_american_texts(month: int) -> None:
    day = date(2020, month, 7)
    assert in_full(day) == f"{MONTHS[month - 1]} 7, 2020" == f"{day:%B} 7, 2020"
    assert in_short(day) == f"{day:%b} 7, 2020"
