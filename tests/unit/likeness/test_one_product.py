"""Which cases are one product, by example and by property."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exclusions.likeness import Attribute, Group, Row, alike, place, propose

NUMBER = "8716805090"
LONG = "A folding wagon with a steel frame, a cover of woven polyester fabric, four wheels of plastics and one handle"


def named(*products: str, number: str = NUMBER) -> list[Row]:
    return [Row(f"P-{index}", number, product, requester=f"Company {index}") for index, product in enumerate(products)]


def together(one: str, other: str, number: str = NUMBER) -> str:
    """Return the basis on which two names are one product, or ""."""
    return propose(named(one, other, number=number))[0].basis


@pytest.mark.parametrize(
    ("one", "other", "basis"),
    [
        ("Kerosene Forced Air Heater", "KEROSENE FORCED-AIR HEATER.", "same name, letters and digits alike"),
        ("Hunting treestands", "Hunting tree stands", "same name, letters and digits alike"),
        ("Nylon Dog Leash", "Dog leashes of nylon", "same words, written otherwise"),
        ("Liquid Crystal Display (LCD) modules", "Liquid crystal display modules", "same words, written otherwise"),
        ("PCB", "Printed circuit boards", "same words, written otherwise"),
        ("Heavy duty steel garden chair (HDSGC)", "Heavy duty steel garden chair", "same words, written otherwise"),
        ("Rubber tyre", "Rubber tires", "same words, written otherwise"),
        ("Aluminium frame, grey", "Aluminum frame, gray", "same words, written otherwise"),
        ("Moulded fibre tray", "Molded fiber trays", "same words, written otherwise"),
        ("Centre console, colour as ordered", "Center consoles, color as ordered", "same words, written otherwise"),
        ("24 inch bungee cord", 'Bungee Cords 24"', "same words, written otherwise"),
        ("2 ft bungee cord", 'Bungee cord, 24"', "same words, written otherwise"),
        ("8-12 mm hose clamp", "Hose clamp, 10 mm", "same words, written otherwise"),
        ("Stainless steel conveyor", "Stainless streel conveyor", "near text: “steel” and “streel”"),
        ("Folding wagon, red", "Folding wagon - black", "same words but for the color: red and black"),
        ("141-12049", "14112049", "same part number"),
        (
            "Malouf Universal Adjustable Bed Frame wi",
            "Malouf Universal Adjustable Bed Frame Wi",
            "same name as far as the docket keeps it, 40 characters",
        ),
    ],
)
def test_one_product_is_drawn_together_with_the_basis_in_words(one: str, other: str, basis: str):
    assert together(one, other) == basis


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Folding wagon", "Pet stroller"),
        ("400-44012", "400-44045"),
        ("400-44012", "400-44013"),
        ("Swing chair 84A-056", "Swing chair 84A-009"),
        ("Swing chair", "Swing chair 84A-009"),
        ('18" duffel bag', '24" duffel bag'),
        ("Duffel bag", '24" duffel bag'),
        ('1.5" ball valve', '15" ball valve'),
        ("1/2 hex bolt", "12 hex bolt"),
        ("Table lamp with shade", "Table lamp without shade"),
        ("Lamp w/o shade", "Lamp w/ shade"),
        ("Plastic tubs", "Plastic tubes"),
        ("Insulated cable", "Uninsulated cable"),
        ("DC motor", "Brushless DC motor"),
        ("Cast iron base", "Cast iron frame"),
        # Six letters may be a name of their own: shorter ones are taken for the words' first letters.
        ("Heavy duty outdoor steel garden chair (HDOSGC)", "Heavy duty outdoor steel garden chair"),
    ],
)
def test_unlike_goods_of_one_number_stay_apart(one: str, other: str):
    assert together(one, other) == ""


def test_names_of_chemicals_that_differ_by_a_letter_are_unlike():
    assert together("Sodium chlorate powder", "Sodium chlorite powder", number="2829110000") == ""
    assert together("Retractable nylon harness", "Retractabel nylon harness") != ""


def test_black_pepper_and_white_pepper_are_unlike_and_painted_goods_are_not():
    assert together("Black pepper", "White pepper", number="0904110020") == ""
    assert together("Black mirror frame", "White mirror frame", number="7009925090") != ""


@pytest.mark.parametrize("product", ["", "  ", "--", "Please see the attached letter.", NUMBER, NUMBER[:8]])
def test_a_case_that_names_no_product_is_never_joined_and_says_so(product: str):
    groups = propose(named(product, product))
    assert [(len(group.members), group.apart) for group in groups] == [(1, "no product is named")] * 2
    assert alike(*named(product, product)) == ""


def test_a_short_part_number_is_one_product_with_one_organization_only():
    ours, theirs = Row("P-1", NUMBER, "G8", requester="Acme, Inc."), Row("P-2", NUMBER, "G8", requester="Other LLC")
    again = Row("P-3", NUMBER, "g8", requester="ACME Incorporated")
    assert [[row.reference for row in group.members] for group in propose([ours, theirs, again])] == [
        ["P-1", "P-3"],
        ["P-2"],
    ]


def test_one_alone_says_why_beside_the_case_that_it_is_most_like():
    groups = propose(named('18" nylon duffel bag', '24" nylon duffel bag', "Folding wagon", "Nylon bag 52X"))
    assert [group.apart for group in groups] == [
        'apart from P-1 “24" nylon duffel bag”: unlike measures: 457.2 mm and 609.6 mm',
        'apart from P-0 “18" nylon duffel bag”: unlike measures: 609.6 mm and 457.2 mm',
        "no other case of the number is named like it",
        'apart from P-0 “18" nylon duffel bag”: unlike part or model numbers: 52x and none',
    ]


@pytest.mark.parametrize(
    ("products", "told"),
    [
        (("Steel frame", "Steel frame with oak legs"), "apart from P-1 “Steel frame with oak legs"),
        (("Garden cart", "Garden cart cover of woven polyester"), "no other case of the number is named like it"),
        (("Steel frame with oak legs", "Steel oak legs", "Steel frame, oak legs 52X"), "apart from P-2 “Steel frame"),
        # Equally like: the first of them, whatever the order in which this process keeps words.
        (("Oak garden bench", "Oak garden chair", "Garden bench cushion"), "apart from P-1 “Oak garden chair"),
    ],
)
def test_one_alone_stands_beside_the_most_alike_of_those_that_share_half_of_the_words(
    products: tuple[str, ...], told: str
):
    assert propose(named(*products))[0].apart.startswith(told)


def test_ranges_that_overlap_join_and_ranges_that_do_not_keep_apart():
    def stated(reference: str, low: float, high: float) -> Row:
        return Row(reference, NUMBER, "Butterfly valve", attributes=(Attribute("bore", unit="mm", low=low, high=high),))

    narrow, wide, far = stated("P-1", 10, 20), stated("P-2", 15, 40), stated("P-3", 41, 60)
    assert [len(group.members) for group in propose([narrow, wide, far])] == [2, 1]
    assert propose([wide, far])[0].apart == "apart from P-3 “Butterfly valve”: unlike bore: 15–40 mm and 41–60 mm"


def test_descriptions_join_unlike_names_and_part_like_ones_whose_measures_contradict():
    one = Row("P-1", NUMBER, "Folding wagon", text=LONG)
    assert propose([one, Row("P-2", NUMBER, "Beach wagon", text=LONG + ".")])[0].basis == "near text of the description"
    heavy, light = (Row(f"P-{load}", NUMBER, "Folding wagon", text=f"For at most {load} kg.") for load in (100, 50))
    least = Row("P-9", NUMBER, "Folding wagon", text="It carries at least 80 kg.")
    assert alike(heavy, light)
    assert alike(heavy, least)
    assert alike(light, least) == ""


def test_like_goods_of_two_statistical_numbers_are_alike_where_the_rate_line_is_one():
    one, other = Row("P-1", "8716805010", "Folding wagon"), Row("P-2", "8716805090", "Folding wagons")
    assert alike(one, other) == "same words, written otherwise"
    assert len(propose([one, other])) == 2
    assert alike(one, Row("P-3", "8716804090", "Folding wagon")) == ""
    assert alike(Row("P-4", "", "Folding wagon"), Row("P-5", "", "Folding wagon")) == ""


def test_a_new_case_is_placed_with_the_nearest_group_of_its_number_or_told_why_not():
    groups = propose(named("Folding wagon", "Folding wagons", "Pet stroller", "Wagon, folding"))
    new = Row("P-9", NUMBER, "folding WAGON")
    placed = place(new, groups)
    assert placed.group == groups[0]
    assert placed.basis == "same words, written otherwise"
    assert place(Row("P-9", NUMBER, "Garden cart"), groups).apart == "no other case of the number is named like it"
    assert place(Row("P-9", "9403200050", "Folding wagon"), groups).group is None
    assert place(new, [Group(())]).group is None


def test_no_chain_of_small_steps_joins_unlike_names():
    names = ["Retractable nylon harness", "Retractabel nylon harness", "Retractabal nylon harness"]
    for group in propose(named(*names)):
        assert all(alike(one, other) for one in group.members for other in group.members if one is not other)


WORDS = "folding wagon wagons beach steel red black 84A-056 84A-009 18in 24in with streel"
words = st.sampled_from(WORDS.split())
rows_of_a_number = st.lists(
    st.tuples(st.lists(words, max_size=4).map(" ".join), st.sampled_from(["Acme", "Acme Inc.", "Other"])), max_size=14
).map(lambda made: [Row(f"P-{i}", NUMBER, name, requester=who) for i, (name, who) in enumerate(made)])


@given(rows_of_a_number, st.integers(0, 1000))
def test_the_proposal_is_a_partition_whatever_the_order_and_every_two_members_are_alike(rows: list[Row], seed: int):
    groups = propose(rows)
    shuffled = list(rows)
    random.Random(seed).shuffle(shuffled)
    assert propose(shuffled) == groups
    assert sorted(row.reference for group in groups for row in group.members) == sorted(row.reference for row in rows)
    for group in groups:
        assert len(group.why) == len(group.members) or len(group.members) == 1
        assert bool(group.basis) == (len(group.members) > 1)
        assert bool(group.apart) == (len(group.members) == 1)
        for one in group.members:
            assert all(alike(one, other) for other in group.members if other is not one)


@given(rows_of_a_number)
def test_alike_goes_both_ways_and_a_case_goes_where_it_is_alike_to_all(rows: list[Row]):
    for one in rows:
        assert all(bool(alike(one, other)) == bool(alike(other, one)) for other in rows)
    if rows:
        new, *others = rows
        placed = place(new, propose(others))
        if placed.group is None:
            assert placed.apart
        else:
            assert all(alike(new, member) for member in placed.group.members)


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_texts_can_be_compared(one: str, other: str):
    assert len(propose(named(one, other))) in (1, 2)
