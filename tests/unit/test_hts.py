"""Reading HTSUS numbers as people type them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exclusions.goods.asked import read_asked
from exclusions.hts import LEVELS, HtsError, HtsNumber, dotted, holds_words, parse, parse_prefix

plain_numbers = st.sampled_from(LEVELS).flatmap(
    lambda digits: st.text("0123456789", min_size=digits, max_size=digits).filter(lambda text: text[:2] != "00")
)


@given(plain_numbers)
def test_dotted_form_reads_back_as_the_same_number(plain: str) -> None:
    assert parse(dotted(plain)) == HtsNumber(plain)


@given(plain_numbers, st.data())
def test_dots_and_blanks_do_not_matter(plain: str, data: st.DataObject) -> None:
    gaps = st.sampled_from(["", "", ".", " ", " . ", "\u00a0", "\t"])
    typed = "".join(digit + data.draw(gaps) for digit in plain)
    assert parse(typed).plain == plain


@given(st.text(max_size=60))
def test_any_text_is_a_number_or_a_sentence(text: str) -> None:
    sentence = ""
    number = None
    try:
        number = parse(text)
    except HtsError as error:
        sentence = str(error)
    assert (number is None) == (sentence.endswith(".") and len(sentence) < 300)
    assert number is None or (number.plain.isascii() and number.plain.isdigit() and number.level in LEVELS)


@given(plain_numbers)
def test_a_number_is_held_by_each_of_its_ancestors(plain: str) -> None:
    number = HtsNumber(plain)
    assert all(HtsNumber(above).contains(number) for above in number.ancestors)
    assert number.contains(number)
    assert not any(number.contains(HtsNumber(above)) for above in number.ancestors)


def test_statistical_number_has_one_group_of_four_at_the_end() -> None:
    assert HtsNumber("8413810040").dotted == "8413.81.0040"
    assert str(HtsNumber("84138100")) == "8413.81.00"


def test_parts() -> None:
    number = parse("8413.81.00.40")
    assert (number.chapter, number.hts4, number.hts6, number.hts8) == ("84", "8413", "841381", "84138100")
    assert number.ancestors == ("8413", "841381", "84138100")
    assert number.level == 10


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "Enter an HTSUS number"),
        (" . ", "Enter an HTSUS number"),
        ("8413.81.004", "has 9 digits"),
        ("101.21.0010", "it is 0101.21.0010"),
        ("841381004", "has 9 digits"),
        ("8413810", "has 7 digits"),
        ("8413.81.0040.1", "too many"),
        ("8413.81.OO40", "contains “O”"),
        ("٨٤١٣", "contains “٨”"),
        ("84²3", "contains “²”"),
        ("1901-10-05", "is a date"),
        ("10/5/1901", "is a date"),
        ("1901-10-05 00:00:00", "is a date"),
        ("2008-1-31", "is a date"),
        ("8412/39/0080", "contains “/”"),
        ("8.41381E+09", "scientific form"),
        ("0013.81.0040", "no chapter 00"),
        ("x" * 500, "…"),
    ],
)
def test_refusal_says_what_is_wrong(text: str, part: str) -> None:
    with pytest.raises(HtsError, match=re.escape(part)):
        parse(text)


@pytest.mark.parametrize(
    "typed",
    [
        "8412-39-0080",
        "8412-39-00-80",
        "8412 39 0080",
        "8412.39\u20110080",
        "\uff18\uff14\uff11\uff12\uff0e\uff13\uff19.0080",
        "8412\u300039\u30000080",
    ],
)
def test_a_number_written_in_a_common_way_is_read(typed: str) -> None:
    assert parse(typed).plain == "8412390080"
    assert parse_prefix(typed) == "8412390080"
    assert not holds_words(typed)


def test_the_search_reads_dashes_as_it_reads_blanks() -> None:
    assert read_asked("8412-39-0080").numbers == read_asked("8412 39 0080").numbers == ("8412390080",)


def test_length_asked_for_is_named_with_an_example() -> None:
    with pytest.raises(HtsError) as refusal:
        parse("8413.81.00", digits=(10,))
    assert str(refusal.value) == "“8413.81.00” has 8 digits: give 10 digits, for example 8413.81.0040."


def test_plain_constructor_refuses_what_is_not_plain() -> None:
    with pytest.raises(HtsError):
        HtsNumber("8413.81")
