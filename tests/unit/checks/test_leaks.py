"""Confidential values are found in public text however they are written, and nothing else is."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exclusions.checks.confidential.leak_matcher import Matcher, Secret, Sort, hit_id
from exclusions.checks.confidential.values import allowed, declared
from exclusions.permissions.filing import Remark
from exclusions.questionnaires import get
from tests.unit.questionnaires.questionnaire_answers import complete_petition


def secret(value: str, sort: Sort) -> Secret:
    return Secret("purchases", "Purchases", value, sort)


def finds(value: str, sort: Sort, text: str) -> bool:
    return bool(Matcher([secret(value, sort)]).find(text))


@pytest.mark.parametrize(
    "text",
    [
        "2,100,000", "2100000", "$2.1m", "$2.1 million", "2.1 million", "2 100 000", "2.100.000", "USD 2.1m",
        "2100 thousand", "2.1m dollars", "$2,100,000.00", "worth 2\u00a0100\u00a0000.", "2'100'000",
        "2100000 350 100", "about $2.10 mn",
    ],
)  # fmt: skip
def test_a_figure_is_found_however_it_is_formatted(text: str) -> None:
    assert finds("2100000", Sort.FIGURE, f"In 2018 it was {text} in all.")


@pytest.mark.parametrize(
    "text",
    [
        "12,100,000",
        "2,100,0001",
        "8413.81.2100",
        "2.1m long",
        "21000",
        "A2100000",
        "2.1 mm",
        "2018",
        "Rev. 2.1",
        "2,1,0",
    ],
)
def test_another_figure_is_not(text: str) -> None:
    assert not finds("2100000", Sort.FIGURE, text)


def test_small_and_round_figures_mean_nothing_without_a_dollar_sign() -> None:
    assert not finds("2018", Sort.FIGURE, "In 2018")
    assert not finds("10000", Sort.FIGURE, "rated at 10,000 revolutions")
    assert finds("10000", Sort.FIGURE, "we paid $10,000")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Wanda Whisper", "signed: WHISPER, Wanda"),
        ("Wanda Whisper", "Wanda Q. Whisper"),
        ("Hidden Supplier Works Ltd.", "from hidden-supplier works"),
        ("Łucja Müller-Lüdenscheidt", "Mueller? no: muller ludenscheidt, lucja"),
        ("Seán O’Brien", "Sean OBrien"),
        ("宁波新光", "工厂 宁波新光 有限公司"),
    ],
)
def test_a_name_is_found_without_case_accents_punctuation_and_order(name: str, text: str) -> None:
    assert finds(name, Sort.NAME, text)


@pytest.mark.parametrize(
    ("name", "text"), [("Wanda Whisper", "Wanda spoke. A whisper."), ("Ann", "Ann"), ("Inc.", "Inc")]
)
def test_part_of_a_name_is_not_the_name(name: str, text: str) -> None:
    assert not finds(name, Sort.NAME, text)


@pytest.mark.parametrize("text", ["a.b@x.test", "A.B (at) X dot test", "a.b at x.test"])
def test_an_address_is_found_spelled_out(text: str) -> None:
    assert finds("a.b@x.test", Sort.EMAIL, f"write to {text} now")


@pytest.mark.parametrize("text", ["(937) 555-0142", "9375550142", "+19375550142", "937.555.0142", "1 937 555 0142"])
def test_a_telephone_number_is_found_in_any_shape(text: str) -> None:
    assert finds("+1 937-555-0142", Sort.PHONE, f"call {text}!")


def test_a_copied_passage_is_found_and_common_words_are_not() -> None:
    words = [f"word{number}" for number in range(60)]
    passage = " ".join(words)
    assert finds(passage, Sort.PHRASE, "before " + " ".join(words[7:18]) + " after")
    assert not finds(passage, Sort.PHRASE, " ".join(words[7:11]) + " and so on")


@given(st.integers(1_000_001, 10**12), st.sampled_from(["{:d}", "{:,d}", "${:,d}", "{:_d}"]), st.text(max_size=30))
def test_any_large_figure_is_found_between_any_words(amount: int, shape: str, around: str) -> None:
    written = shape.format(amount).replace("_", " ")
    assert finds(str(amount), Sort.FIGURE, f"{around} {{{written}}} {around}")


@given(
    st.lists(st.text(string.ascii_letters, min_size=4, max_size=9), min_size=2, max_size=4, unique_by=str.lower),
    st.data(),
)
def test_any_name_is_found_in_any_order(parts: list[str], data: st.DataObject) -> None:
    order = data.draw(st.permutations(parts))
    finds_it = finds(" ".join(parts), Sort.NAME, f"and, {', '.join(order).upper()}; or")
    assert finds_it or all(part.lower() in "limited corporation company incorporated corp" for part in parts)


@given(st.integers(10_000, 10**9), st.integers(10_000, 10**9))
def test_a_figure_does_not_stand_for_another(one: int, other: int) -> None:
    assert finds(str(one), Sort.FIGURE, f"${other:,d}") == (one == other)


@given(st.text(max_size=400))
def test_any_text_is_taken(text: str) -> None:
    matcher = Matcher(Secret("a", "A", text, sort) for sort in Sort)
    matcher.find(text)


def test_what_is_public_anyhow_is_no_secret() -> None:
    one = secret("Meadowlark Infant Care LLC", Sort.NAME)
    assert not Matcher([one], ["Meadowlark Infant Care LLC"]).find("Meadowlark Infant Care")


def test_names_and_figures_inside_a_confidential_text_count_on_their_own() -> None:
    form, answers = get("petition-2019"), complete_petition()
    answers["sourcing_attempts"] = "Inquiries to Acme Verlag GmbH in the United States; they wanted $431,250 at once."
    matcher = Matcher(declared(form, answers), allowed(form, answers))
    found = {hit.secret.source for hit in matcher.find("ACME VERLAG quoted 431,250. United States law. Ada Larkspur.")}
    assert found == {"sourcing_attempts", "requester_last_name"}


def test_neither_secret_nor_hit_tells_its_value_when_printed() -> None:
    hit = Matcher([secret("2100000", Sort.FIGURE)]).find("paid $2,100,000")[0]
    assert "100" not in repr(hit)
    assert "2100000" not in hit_id("more", hit.secret)
    assert "100" not in repr(Remark("product_name", "", "It repeats a value.", "Leave it out.", excerpt=hit.excerpt))
