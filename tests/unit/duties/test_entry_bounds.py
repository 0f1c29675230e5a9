"""Tables of entries that nobody would send: reading them ends early, with a sentence that says what to do."""

from datetime import date

import pytest

from exclusions.gateways.entries import reading
from exclusions.gateways.entries.turns import AT_ONCE, SHORT, NoTurn, Turn, Until
from exclusions.gateways.entry_lines import MOST, MOST_CELLS, MOST_ROWS, EntryTable, read_entry_lines, text_rows

HEADING = "entry number,entry date,hts10,value,duty paid\n"
GOOD = "ABC-1,2019-11-04,8481.80.3090,1000,250\n"


def read(text: str) -> EntryTable:
    return read_entry_lines(text_rows(text), "pasted lines", today=date(2026, 6, 9))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (HEADING + "!,!,!,!,!\n" * 100_000, "More than 10,000 cells are wrong, so we stopped reading."),
        (HEADING + GOOD + "!,!,!,!,!\n" * 100_000, "More than 10,000 cells are wrong, so we stopped reading."),
        (HEADING + "total\n" * (MOST_ROWS + 1), "There are more than 50,000 lines."),
        (HEADING + GOOD * (MOST + 1), "There are more than 50,000 lines."),
        (HEADING + GOOD + "," * (MOST_CELLS + 1) + "x\n", "A row has more than 1,000 cells."),
        ("a," * 500_000 + "\n" + GOOD, "A row has more than 1,000 cells."),
    ],
    ids=["all wrong", "one right", "totals", "too many", "wide row", "wide heading"],
)
def test_reading_ends_where_nobody_would_go_on(text: str, sentence: str) -> None:
    table = read(text)
    assert table.fault.startswith(sentence)
    assert table.lines == []
    assert len(table.bad) <= reading.MOST_BAD


def test_wrong_cells_below_the_bound_leave_the_right_lines() -> None:
    table = read(HEADING + GOOD + "!,!,!,!,!\n" * 1500 + GOOD)
    assert (len(table.lines), len(table.bad), table.more, table.fault) == (2, reading.MOST_BAD, True, "")


def test_a_line_with_thousands_of_tariff_numbers_is_one_wrong_line() -> None:
    table = read(HEADING + "ABC-1,2019-11-04,9903.88.03,1000,250\n" * MOST_ROWS)
    assert [cell.reason for cell in table.bad] == [
        "is on a line with more than 100 numbers of chapter 99. Give each line of the entry its number."
    ]


def test_few_large_tables_are_answered_at_once_and_short_ones_always() -> None:
    turns = [Turn(SHORT + 1) for _ in range(AT_ONCE)]
    with pytest.raises(NoTurn, match="Wait a minute, then send yours again"):
        Turn(SHORT + 1)
    with Turn(SHORT):
        pass
    turns[0].end()
    turns[0].end()  # once is enough: nobody else's is given back
    with Turn(SHORT + 1), pytest.raises(NoTurn):
        Turn(SHORT + 1)
    turns[1].end()


def test_a_turn_ends_with_the_answer_that_was_being_sent() -> None:
    turns = [Turn(SHORT + 1) for _ in range(AT_ONCE)]
    pieces = Until(iter(["a", "b"]), turns[0])
    assert next(pieces) == "a"
    pieces.close()
    Turn(SHORT + 1).end()
    turns[1].end()
