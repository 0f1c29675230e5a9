"""What the words of an exclusion say: its numbers, their dates, its own window, and which product it is."""

from datetime import date

import pytest

from exclusions.gateways.tariff.exclusion_item import ExclusionItem, own_window, product_key
from exclusions.wording.named_numbers import NamedNumber, is_whole_number, named_codes, named_numbers, product_words

IMPELLERS = (
    "Impellers (described in statistical reporting number 8413.91.9080 prior to January 1, 2019; described in "
    "statistical reporting number 8413.91.9095 effective January 1, 2019 through December 31, 2019; described in "
    "statistical reporting number 8413.91.9085 or 8413.91.9096 effective January 1, 2020)"
)


def test_numbers_carry_the_dates_that_the_text_gives() -> None:
    assert named_numbers(IMPELLERS) == [
        NamedNumber("8413919080", None, date(2018, 12, 31)),
        NamedNumber("8413919095", date(2019, 1, 1), date(2019, 12, 31)),
        NamedNumber("8413919085", date(2020, 1, 1), None),
        NamedNumber("8413919096", date(2020, 1, 1), None),
    ]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("8412.21.0075", [NamedNumber("8412210075")]),
        (
            "5603.12.0090 prior to July 1, 2022; 5603.12.0070 or 5603.12.0095 effective July 1, 2022",
            [
                NamedNumber("5603120090", None, date(2022, 6, 30)),
                NamedNumber("5603120070", date(2022, 7, 1)),
                NamedNumber("5603120095", date(2022, 7, 1)),
            ],
        ),
        (
            "(described in number 8427.10.8010, prior to July 1, 2019 or described in 8427.10.8030, post July 1, 2019)",
            [NamedNumber("8427108010", None, date(2019, 6, 30)), NamedNumber("8427108030", date(2019, 7, 1))],
        ),
        (
            "8413.91.9080 (parts), prior to January 1, 2019; 8413.91.9095, January 1, 2019, through December 31, 2019",
            [
                NamedNumber("8413919080", None, date(2018, 12, 31)),
                NamedNumber("8413919095", date(2019, 1, 1), date(2019, 12, 31)),
            ],
        ),
        (
            "Stapler-stackers of subheading 8443.32.10 (described in statistical reporting number 8443.99.2050)",
            [NamedNumber("8443992050")],
        ),
        ("Side skirts (described in statistical reporting number 8716.8050.90)", [NamedNumber("8716805090")]),
    ],
)
def test_every_phrase_of_the_notes_is_understood(text: str, numbers: list[NamedNumber]) -> None:
    assert named_numbers(text) == numbers


def test_codes_are_kept_as_printed() -> None:
    assert named_codes("of subheading 8443.32.10 (described in 8716.8050.90)") == ["8443.32.10", "8716.8050.90"]


def test_a_compilers_note_can_give_a_product_its_own_window() -> None:
    text = (
        "Wallets (described in statistical reporting number 4202.32.1000) [Compiler's note: effective with respect to "
        "goods entered for consumption, or withdrawn from warehouse for consumption, on or after 12:01 a.m. eastern "
        "daylight time on September 24, 2018, and before August 7, 2020]"
    )
    assert own_window(text) == (date(2018, 9, 24), date(2020, 8, 6))
    assert named_numbers(text) == [NamedNumber("4202321000")], "the days of the window are not those of the number"
    assert own_window(IMPELLERS) is None


def test_the_same_product_has_the_same_key_whatever_numbers_were_added() -> None:
    early = "Impellers (described in statistical reporting number 8413.91.9080)"
    assert product_key(early) == product_key(IMPELLERS) == product_key(early.replace("Impellers", "IMPELLERS,"))
    assert product_key(early) != product_key("Impellers (described in statistical reporting number 8413.91.9095)")
    assert product_key("8412.21.0075") != product_key("8412.21.0045")


def test_the_words_are_without_numbers_and_notes() -> None:
    text = (
        "Masks [Compiler's note: so in original] of plastics (described in statistical reporting number 9022.90.9500)"
    )
    assert product_words(text) == "Masks of plastics"


def test_whole_and_deleted_items_are_told_from_products() -> None:
    assert is_whole_number("5603.12.0090 prior to July 1, 2022; 5603.12.0070 effective July 1, 2022")
    assert not is_whole_number(IMPELLERS)
    deleted = [
        ExclusionItem("99038814", "q", "1", ("99038801",), seq, str(seq), "[Text deleted. See 85 F.R. 42970.]")
        for seq in (1, 2)
    ]
    assert all(item.deleted for item in deleted)
    assert deleted[0].key != deleted[1].key, "two deletions are not one product"
