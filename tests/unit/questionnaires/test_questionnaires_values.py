"""From what people type to what is kept: every kind of answer, and the sentences for what cannot be read."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exclusions.questionnaires.language.places import COUNTRIES, STATES
from exclusions.questionnaires.language.question import Choice, Kind
from exclusions.questionnaires.language.scalars import Rejected, scalar


@dataclass(frozen=True)
class Asked:
    """A field to validate one value of."""

    kind: Kind
    label: str = "The field"
    choices: tuple[Choice, ...] = (Choice("us_producer", "U.S. producer"), Choice("other", "Other"))
    max_length: int = 50


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        (Kind.MONEY, "$2,100,000", "2100000"),
        (Kind.MONEY, "2100000.00", "2100000"),
        (Kind.MONEY, "US$ 70", "70"),
        (Kind.MONEY, 0, "0"),
        (Kind.MONEY, "007", "7"),
        (Kind.NUMBER, "12,500", "12500"),
        (Kind.PERCENT, "41.50 %", "41.5"),
        (Kind.PERCENT, "100", "100"),
        (Kind.PERCENT, "0.25", "0.25"),
        (Kind.HTS10, "8413.81.0040", "8413810040"),
        (Kind.HTS10, " 8413 81 00 40 ", "8413810040"),
        (Kind.CAS, "CAS No. 108-77-0", "108-77-0"),
        (Kind.NAICS, "332911", "332911"),
        (Kind.ZIP, "558021234", "55802-1234"),
        (Kind.PHONE, "(202) 555-0143", "+1 202-555-0143"),
        (Kind.PHONE, "+49 30 123456", "+49 30 123456"),
        (Kind.EMAIL, "Ada@meadowlark.example", "Ada@meadowlark.example"),
        (Kind.YES_NO, True, "yes"),
        (Kind.YES_NO, "N", "no"),
        (Kind.YES_NO_UNSURE, "Not sure", "unsure"),
        (Kind.CHOICE, "U.S. producer", "us_producer"),
        (Kind.COUNTRY, "germany", "DE"),
        (Kind.STATE, "mn", "MN"),
        (Kind.TEXT, "  two \n words ", "two words"),
        (Kind.LONG_TEXT, "one\r\ntwo\x00", "one\ntwo"),
        (Kind.CERTIFY, "on", "yes"),
        (Kind.CERTIFY, False, ""),
        (Kind.TEXT, None, ""),
    ],
)
def test_a_value_is_kept_in_one_form(kind: Kind, typed: object, kept: str) -> None:
    assert scalar(Asked(kind), typed) == kept


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (Kind.MONEY, "2.1 million"),
        (Kind.MONEY, "2,10,000"),
        (Kind.MONEY, "-5"),
        (Kind.MONEY, "12.50"),
        (Kind.MONEY, "1" * 16),
        (Kind.MONEY, "٣٤"),
        (Kind.NUMBER, "12.5"),
        (Kind.PERCENT, "100.01"),
        (Kind.PERCENT, "-1"),
        (Kind.PERCENT, "41.555"),
        (Kind.HTS10, "84879000"),
        (Kind.HTS10, "84138100401"),
        (Kind.CAS, "108-77-1"),
        (Kind.CAS, "1087700"),
        (Kind.NAICS, "3329"),
        (Kind.ZIP, "5580"),
        (Kind.PHONE, "call me"),
        (Kind.PHONE, "12"),
        (Kind.EMAIL, "ada at meadowlark"),
        (Kind.YES_NO, "perhaps"),
        (Kind.YES_NO, "unsure"),
        (Kind.YES_NO_UNSURE, "maybe"),
        (Kind.CHOICE, "reseller"),
        (Kind.COUNTRY, "Atlantis"),
        (Kind.STATE, "ZZ"),
        (Kind.TEXT, "x" * 51),
        (Kind.TEXT, ["a"]),
        (Kind.LONG_TEXT, {"a": "b"}),
        (Kind.CERTIFY, "perhaps"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence_that_names_the_field_and_the_remedy(
    kind: Kind, typed: object
) -> None:
    with pytest.raises(Rejected) as refused:
        scalar(Asked(kind), typed)
    message = refused.value.message
    assert message.startswith('"The field"')
    assert message.endswith(".")
    assert message.count("The field") == 1
    if " is not " in message:  # the value is what is not of the kind, never the name of the field
        assert message.startswith(f'"The field": "{typed}" is not ')
    assert refused.value.remedy.endswith(".")


def test_an_eight_digit_number_is_told_about_the_two_zeros() -> None:
    with pytest.raises(Rejected, match="add 00"):
        scalar(Asked(Kind.HTS10), "84879000")


@given(st.integers(min_value=0, max_value=10**15 - 1), st.sampled_from(["{}", "{:,}", "${:,}", " $ {} ", "{}.00"]))
def test_money_written_any_way_is_the_same_amount(amount: int, written: str) -> None:
    kept = scalar(Asked(Kind.MONEY), written.format(amount))
    assert kept == str(amount)
    assert scalar(Asked(Kind.MONEY), kept) == kept


@given(st.decimals(min_value=0, max_value=100, places=2), st.sampled_from(["", "%", " percent"]))
def test_a_percentage_keeps_its_value(share: object, sign: str) -> None:
    kept = scalar(Asked(Kind.PERCENT), f"{share}{sign}")
    assert float(kept) == float(str(share))
    assert scalar(Asked(Kind.PERCENT), kept) == kept


@given(st.integers(min_value=10**8, max_value=10**10 - 1))
def test_an_hts_number_dotted_or_plain_is_the_same(number: int) -> None:
    plain = f"{number:010d}"
    dotted = f"{plain[:4]}.{plain[4:6]}.{plain[6:]}"
    assert scalar(Asked(Kind.HTS10), dotted) == scalar(Asked(Kind.HTS10), plain) == plain


@given(st.integers(min_value=10, max_value=9_999_999), st.integers(min_value=0, max_value=99), st.integers(0, 9))
def test_a_cas_number_is_kept_with_its_right_check_digit_and_refused_with_any_other(a: int, b: int, c: int) -> None:
    body = f"{a}-{b:02d}-"
    digits = f"{a}{b:02d}"
    right = sum(place * int(digit) for place, digit in enumerate(reversed(digits), 1)) % 10
    if c == right:
        assert scalar(Asked(Kind.CAS), f"{body}{c}") == f"{body}{c}"
    else:
        with pytest.raises(Rejected):
            scalar(Asked(Kind.CAS), f"{body}{c}")


@given(st.sampled_from(list(Kind)), st.text(max_size=60))
def test_any_text_is_kept_once_and_for_all_or_refused(kind: Kind, text: str) -> None:
    if kind in (Kind.FILES, Kind.ROWS, Kind.PURCHASES, Kind.REVENUE, Kind.QUANTITY):
        return
    try:
        kept = scalar(Asked(kind), text)
    except Rejected:
        return
    assert scalar(Asked(kind), kept) == kept


def test_countries_and_states_are_whole() -> None:
    assert len(COUNTRIES) == 249
    assert COUNTRIES["CN"] == "China"
    assert len(STATES) == 57
    assert STATES["DC"] == "District of Columbia"
