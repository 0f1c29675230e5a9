"""What a shipment owes: the sum of what is said of it, by example and by hand."""

from dataclasses import replace
from decimal import Decimal

import pytest

from exclusions.duties.owed import NO_OTHER, Additional, Duties, Shipment, Text, freed, owed
from exclusions.duties.rates import read_rate
from exclusions.duties.sentence import sentence

D = Decimal
LIST_3 = Additional("Section 301 (List 3)", "3", "9903.88.03", D(25))
ALL_GOODS = Additional(
    "the forced-labor action", "", "9903.05.31", D("12.5"), key="not-99030531",
    unless="an exception applies",
)  # fmt: skip
TRANSIT = Additional(
    "Section 301 (List 3, in transit)", "3", "9903.88.09", D(10), key="transit", asks="it was exported before May 10",
    in_place_of="9903.88.03",
)  # fmt: skip
SYRINGES = Additional(
    "Section 301 (review)", "FYR", "9903.91.10", D(0), key="goods-enteral", asks="the goods are enteral syringes",
    in_place_of="9903.91.03",
)  # fmt: skip
NEEDLES = Additional("Section 301 (review)", "FYR", "9903.91.03", D(100))
TEXT = Text("EX-1", "9903.88.69", "3", "Pumps, of steel")
DUTIES = Duties(read_rate("2.5%"), [LIST_3, ALL_GOODS], [TRANSIT], [TEXT])


def shipment(*said: str, meets: str = "", **amounts: str) -> Shipment:
    return Shipment({key: D(value) for key, value in amounts.items()}, frozenset(said), meets)


@pytest.mark.parametrize(
    ("asked", "total"),
    [
        (shipment(value="1000"), "400.00"),
        (shipment("not-99030531", value="1000"), "275.00"),
        (shipment("transit", value="1000"), "250.00"),
        (shipment(value="1000", meets="EX-1"), "150.00"),
        (shipment("transit", value="1000", meets="EX-1"), "150.00"),
        (shipment("not-99030531", value="1000", meets="EX-1"), "25.00"),
        (shipment(value="1000", meets="EX-2"), "400.00"),
        (shipment(value="0.03"), "0.01"),
        (shipment(value="0"), "0.00"),
    ],
)
def test_the_total_is_what_is_said_of_the_shipment(asked: Shipment, total: str) -> None:
    found = owed(DUTIES, asked)
    assert (found.total, found.known) == (D(total), D(total))
    assert sum((step.amount or D(0)) for step in found.steps) == D(total)


def test_each_duty_is_rounded_for_itself() -> None:
    steps = owed(DUTIES, shipment(value="33.33")).steps
    assert [step.amount for step in steps] == [D("0.83"), D("8.33"), D("4.17")]


@pytest.mark.parametrize(("value", "words"), [("1000", " of $1,000"), ("1234.50", " of $1,234.50")])
def test_a_value_is_written_with_cents_where_it_has_some(value: str, words: str) -> None:
    assert all(step.calculation.endswith(words) for step in owed(DUTIES, shipment(value=value)).steps)


def test_some_goods_of_a_line_owe_another_rate_in_place_of_the_others() -> None:
    duties = Duties(read_rate("Free"), [SYRINGES, NEEDLES])
    assert owed(duties, shipment(value="200")).total == D(200)
    assert owed(duties, shipment("goods-enteral", value="200")).total == D(0)


@pytest.mark.parametrize(
    ("rate", "amounts", "words"),
    [
        (None, {"value": "100"}, "No edition of the HTSUS is on file"),
        ("2¢/kg", {"value": "100"}, "Needed: kilograms"),
        ("See additional U.S. note 1", {"value": "100"}, "cannot be worked out from this line alone"),
    ],
)
def test_what_is_not_known_is_said_and_keeps_the_total_open(
    rate: str | None, amounts: dict[str, str], words: str
) -> None:
    found = owed(Duties(read_rate(rate) if rate else None, [LIST_3]), shipment(**amounts))
    assert (found.total, found.known) == (None, D(25))
    assert words in found.steps[0].calculation


def test_a_rate_of_weight_alone_is_worked_out_without_a_value() -> None:
    found = owed(Duties(read_rate("2¢/kg"), [LIST_3]), shipment(kilograms="50"))
    assert [step.amount for step in found.steps] == [D("1.00"), None]


def test_an_exclusion_of_the_whole_number_frees_every_shipment() -> None:
    whole = Text("EX-9", "9903.88.05", "3", "8412.21.0075", is_whole=True)
    duties = Duties(read_rate("Free"), [LIST_3], texts=[whole])
    assert owed(duties, shipment(value="1000")).total == D(0)
    assert sentence(duties, "March 1, 2019") == (
        "A shipment from China entered on March 1, 2019 owes the base rate (Free), nothing under Section 301 (List 3) "
        "because the whole number is excluded under 9903.88.05."
    )


def test_what_a_text_would_spare_is_told_once_the_value_is_known() -> None:
    assert freed(DUTIES, shipment(value="1000")) == D(250)
    assert freed(DUTIES, shipment("transit", value="1000")) == D(100)
    assert freed(DUTIES, shipment(value="1000", meets="EX-1")) is None
    assert freed(DUTIES, shipment()) is None
    assert freed(Duties(read_rate("Free"), [LIST_3]), shipment(value="1000")) is None


def test_the_sentence_says_every_duty_and_on_what_it_hangs() -> None:
    assert sentence(DUTIES, "May 1, 2026") == (
        "A shipment from China entered on May 1, 2026 owes the base rate of 2.5%, plus 25% under Section 301 (List 3) "
        "unless it meets the text of an exclusion, plus 12.5% under the forced-labor action unless an exception "
        "applies. If it was exported before May 10, 10% under 9903.88.09 applies instead of 25%."
    )
    two = Duties(None, [LIST_3], texts=[TEXT, Text("EX-2", "9903.88.70", "3", "Pumps")])
    assert sentence(two, "May 1, 2018") == (
        "A shipment from China entered on May 1, 2018 owes the base rate (not known: no edition of the HTSUS is on "
        "file for that day), plus 25% under Section 301 (List 3) unless it meets one of 2 exclusions."
    )
    assert sentence(Duties(read_rate("Free")), "May 1, 2018").endswith("(Free) and nothing under Section 301.")
    tied = Duties(read_rate("See additional U.S. note 1"), [SYRINGES])
    assert sentence(tied, "May 1, 2018").endswith(
        "(as the schedule words it: “See additional U.S. note 1”). If the goods are enteral syringes, it also owes 0% "
        "under Section 301 (review)."
    )
    assert "(none is printed on the line)" in sentence(Duties(read_rate("")), "May 1, 2018")


def test_a_rate_that_applies_instead_is_said_to() -> None:
    assert sentence(Duties(read_rate("Free"), [NEEDLES, SYRINGES]), "May 1, 2025").endswith(
        "plus 100% under Section 301 (review). If the goods are enteral syringes, 0% under 9903.91.10 applies instead "
        "of 100%."
    )


CRANES = Additional(
    "the maritime action", "", "9903.91.14", D(100), key="cranes", asks="the goods are cranes (of steel)", is_open=True
)
CONTRACT = Additional(
    "the maritime action", "", "9903.91.16", D(0), key="contract", asks="the contract is old", is_open=True,
    in_place_of="9903.91.14",
)  # fmt: skip
THIS = Additional("List 3", "3", "9903.88.03", D(25), key="part-3", asks="it is this", is_open=True, choice="part")
THAT = Additional("List 4A", "4A", "9903.88.15", D(7), key="part-4A", asks="it is that", is_open=True, choice="part")


@pytest.mark.parametrize(
    ("said", "least", "most"),
    [
        ((), "125", "1125"),
        ((NO_OTHER,), "125", "125"),
        (("cranes",), "125", "1125"),
        (("cranes", NO_OTHER), "1125", "1125"),
        (("cranes", "contract"), "125", "125"),
        (("contract",), "125", "125"),
    ],
)
def test_the_total_is_a_range_until_what_decides_is_answered(said: tuple[str, ...], least: str, most: str) -> None:
    found = owed(Duties(read_rate("Free"), [ALL_GOODS, CRANES, CONTRACT]), shipment(*said, value="1000"))
    assert (found.known, found.most, found.is_range) == (D(least), D(most), least != most)
    assert (found.total is None) is (least != most)
    assert found.is_complete


def test_goods_are_of_one_part_of_a_line_or_of_none() -> None:
    duties = Duties(read_rate("Free"), [THIS, THAT])
    open_ = owed(duties, shipment(value="100"))
    assert (open_.known, open_.most) == (D(0), D(25))
    assert [(step.amount, step.hangs) for step in open_.steps[1:]] == [(D(25), True), (D(7), True)]
    assert owed(duties, shipment("part-4A", value="100")).total == D(7)


def test_what_is_of_another_country_owes_what_its_heading_says_alone() -> None:
    elsewhere = replace(CRANES, key="elsewhere", is_open=False, lifts=("9903.05.31",))
    found = owed(Duties(read_rate("Free"), [ALL_GOODS, CRANES, elsewhere]), shipment("elsewhere", value="1000"))
    assert found.total == D(1000)
    assert [step.heading for step in found.steps[1:]] == ["9903.91.14"]


def test_a_condition_is_a_sentence_without_what_stands_in_brackets() -> None:
    assert sentence(Duties(read_rate("Free"), [ALL_GOODS, CRANES]), "May 1, 2027").endswith(
        "unless an exception applies. If the goods are cranes, it also owes 100% under the maritime action."
    )
