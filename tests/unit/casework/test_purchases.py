"""The purchases as a table: shares of a period, the change a year since the duty, and the drawing."""

from datetime import date

from django.template import engines

from exclusions.likeness import whole_words
from exclusions.queries.casework.case.purchases import purchases
from exclusions.questionnaires import get
from exclusions.questionnaires.language.question import Question

QUESTION: Question = get("petition-2019").question("purchases")
BOUGHT = {
    "china": {
        "2017": {"value": "100", "quantity": "10"},
        "2018": {"value": "150", "quantity": "12"},
        "2019-Q1": {"value": "50", "quantity": "3"},
    },
    "third_country": {
        "2017": {"value": "100", "quantity": "9"},
        "2018": {"value": "50", "quantity": "5"},
        "2019-Q1": {"value": "0", "quantity": "0"},
    },
    "united_states": {"2019-Q1": {"value": "50", "quantity": "2"}},
    "unit": "number",
}


def test_shares_are_of_the_period_and_changes_are_a_year_from_the_last_period_before_the_duty() -> None:
    table = purchases(QUESTION, {"purchases": BOUGHT}, date(2018, 9, 24))
    assert table is not None
    china, third, here = table.rows
    assert [(cell.value, cell.share) for cell in china.cells] == [(100, 50), (150, 75), (50, 50)]
    assert (china.change, third.change, here.change) == ("+100%", "-100%", "from none")
    assert table.compared == (
        "The last column compares 2017 with First quarter of 2019, each at the pace of a whole year. "
        "The duty began on Sep 24, 2018."
    )
    assert (table.totals, table.unit) == ([200, 200, 100], "number")
    assert here.cells[0].value is None


def test_the_drawing_is_of_dollars_a_year_and_as_wide_as_the_most() -> None:
    table = purchases(QUESTION, {"purchases": BOUGHT}, None)
    assert table is not None
    first, _, last = table.chart
    assert [bar.kind for bar in last.bars] == [1, 3], "nothing is drawn of nothing"
    assert sum(bar.width for bar in last.bars) == 380
    assert [(bar.x, bar.width) for bar in first.bars] == [(150, 95), (245, 95)]
    assert table.compared == (
        "The last column compares 2017 with First quarter of 2019, each at the pace of a whole year."
    )


def test_without_purchases_there_is_no_table() -> None:
    assert purchases(QUESTION, {}, None) is None
    assert purchases(QUESTION, {"purchases": {"china": {"2017": {"value": "0"}}}}, None) is None


def test_where_the_duty_is_older_than_every_period_nothing_is_called_the_change_since_the_duty() -> None:
    table = purchases(QUESTION, {"purchases": BOUGHT}, date(2016, 7, 6))
    assert table is not None
    assert table.compared.endswith("The duty began on Jul 6, 2016, before the first of them.")


def test_each_bar_says_its_dollars_a_year() -> None:
    table = purchases(QUESTION, {"purchases": BOUGHT}, None)
    assert table is not None
    assert [row.said for row in table.chart] == ["$200", "$200", "$400"]
    drawn = engines["jinja2"].get_template("purchases.html").render({"table": table})
    assert all(f">{row.said}</text>" in drawn for row in table.chart)


def test_a_basis_is_cut_between_words() -> None:
    basis = "the same name and number, " + "near to another member, " * 20
    short = whole_words(basis)
    assert len(short) <= 300
    assert basis.startswith(short.removesuffix(" …"))
    assert basis[len(short.removesuffix(" …"))] == " ", "a whole word is the last one"
