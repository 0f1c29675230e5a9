"""What a shipment owes: the sum of what is said of it, by example and by hand."""

from decimal import Decimal

import pytest

from exclusions.duties.owed import Additional, Duties, Shipment, Text, freed, owed
from exclusions.duties.rates import read_rate
from exclusions.duties.sentence import sentence

D = Decimal
LIST_3 = Additional("Section 301 (List 3)", "3", "9903.88.03", D(25))
ALL_GOODS = Additional(
    "the forced-labor action", "", "9903.05.31", D("12.5"), key="not-99030531",
    unless="it is among the goods named there",
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


def test_some_goods_of_a_line_owe_another_rate_in_place_of_the_others() -> None:
    duties = Duties(read_rate("Free"), [SYRINGES, NEEDLES])
    assert owed(duties, shipment(value="200")).total == D(200)
    assert owed(duties, shipment("goods-enteral", value="200")).total == D(0)


@pytest.mark.parametrize(
    ("rate", "amounts", "words"),
    [
        (None, {"value": "100"}, "No edition of the HTSUS is loaded"),
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
        "A shipment from China entered on March 1, 2019 owes the base rate (Free), nothing under Section 301 (List 3), "
        "since the whole number is excluded under 9903.88.05."
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
        "unless it meets the text of an exclusion, plus 12.5% under the forced-labor action unless it is among the "
        "goods named there."
    )
    two = Duties(None, [LIST_3], texts=[TEXT, Text("EX-2", "9903.88.70", "3", "Pumps")])
    assert sentence(two, "May 1, 2018") == (
        "A shipment from China entered on May 1, 2018 owes the base rate (not known, since no edition of the HTSUS for "
        "that day is loaded), plus 25% under Section 301 (List 3) unless it meets one of 2 exclusions."
    )
    assert sentence(Duties(read_rate("Free")), "May 1, 2018").endswith("(Free) and nothing under Section 301.")
    tied = Duties(read_rate("See additional U.S. note 1"), [SYRINGES])
    assert "(as the schedule words it: “See additional U.S. note 1”), plus 0%" in sentence(tied, "May 1, 2018")
    assert "(none is printed on the line)" in sentence(Duties(read_rate("")), "May 1, 2018")
