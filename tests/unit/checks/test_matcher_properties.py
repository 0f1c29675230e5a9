"""What holds for every value, every form and every text: it is found whatever stands around, and nothing else is."""

# ruff: noqa: RUF001 (letters and digits that look like others are the matter here)

import re
import string
from collections.abc import Callable

from hypothesis import assume, given
from hypothesis import strategies as st

from exclusions.checks.confidential.leak_matcher import EDGE, OVERLAP, PIECE, Matcher, Secret, Sort

ONES = [
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
WIDE = str.maketrans("0123456789,.", "０１２３４５６７８９，．")
ARABIC = str.maketrans("0123456789,", "٠١٢٣٤٥٦٧٨٩٬")


def in_words(number: int) -> str:
    """An independent writer of numbers: 4,200,041 is "four million two hundred thousand and forty-one"."""
    for size, name in ((10**9, "billion"), (10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if number >= size:
            rest = f" {in_words(number % size)}" if number % size else ""
            return f"{in_words(number // size)} {name}{' and' if 0 < number % size < 100 else ''}{rest}"
    if number < 20:
        return ONES[number]
    return TENS[number // 10 - 2] + (f"-{ONES[number % 10]}" if number % 10 else "")


def grouped(separator: str) -> Callable[[int], str]:
    return lambda amount: f"{amount:,}".replace(",", separator)


FORMS: dict[str, Callable[[int], str]] = {
    "plain": str,
    **{f"by {mark!a}": grouped(mark) for mark in ",.'_ ’\u00a0\u2009\u202f"},
    "by a comma and a space": grouped(", "),
    "cents": lambda amount: f"{amount:,}.37",
    "European": lambda amount: f"{amount:,}".replace(",", ".") + ",00",
    "dollars": lambda amount: f"${amount:,}",
    "code before": lambda amount: f"USD{amount}",
    "code after": lambda amount: f"{amount}USD",
    "power of ten": lambda amount: f"{amount}E0".replace("E0", "e+00"),
    "floating": lambda amount: f"{amount / 10 ** (len(str(amount)) - 1)}E{len(str(amount)) - 1}",
    "millions": lambda amount: f"{amount / 1_000_000:.6f} million",
    "thousands": lambda amount: f"{amount / 1000:,.3f} thousand",
    "m": lambda amount: f"${amount / 1_000_000:.6f}m",
    "head of a table": lambda amount: f"in thousands: {amount / 1000:.3f}",
    "words": in_words,
    "capitals": lambda amount: in_words(amount).upper(),
    "full width": lambda amount: f"{amount:,}".translate(WIDE),
    "Arabic": lambda amount: f"{amount:,}".translate(ARABIC),
    "unseen": lambda amount: "\u200b".join(f"{amount:,}"),
    "entities": lambda amount: "".join(f"&#{ord(sign)};" for sign in f"{amount:,}"),
    "apart": lambda amount: " ".join(str(amount)),
}
amounts = st.integers(1_000_001, 10**9)
prose = st.text(max_size=60)
letters = st.text(string.ascii_lowercase, min_size=4, max_size=9)


def figure(amount: int) -> Secret:
    return Secret("d", "D", str(amount), Sort.FIGURE)


@given(amounts, st.sampled_from(sorted(FORMS)), prose, prose)
def test_any_amount_in_any_form_is_found_in_any_prose(amount: int, form: str, before: str, after: str) -> None:
    assume(amount % 10**5)
    written = FORMS[form](amount)
    text = f"{before} “{written}” {after}"
    (hit,) = Matcher([figure(amount)]).find(text)
    start = len(before) + 2
    assert start <= hit.start < hit.end <= start + len(written), (form, text)


@given(
    st.integers(1, 9999), st.sampled_from(["{}%", "{} percent", "({}) per cent", "{} pct", "{}\u200b %"]), prose, prose
)
def test_any_percentage_is_found_beside_its_mark_and_not_without(
    value: int, form: str, before: str, after: str
) -> None:
    assume(value % 250 and (value > 500 or value % 100))
    share = f"{value / 100:.2f}".rstrip("0").rstrip(".")
    matcher = Matcher([Secret("d", "D", f"{share}%", Sort.PERCENT)])
    assert len(matcher.find(f"{before} “{form.format(share)}” {after}")) == 1
    if not re.search("[0-9%]|per|pct|\\d|cent|٪|&", before + after):
        assert matcher.find(f"{before} “{share}” {after}") == []


@given(st.lists(letters, min_size=2, max_size=4, unique=True), st.data(), prose, prose)
def test_any_name_is_found_spaced_hyphenated_or_drawn_otherwise(
    parts: list[str], data: st.DataObject, before: str, after: str
) -> None:
    assume(not {"limited", "corp", "company"}.intersection(parts))
    name = " ".join(parts)
    place = data.draw(st.integers(1, len(parts[0]) - 1))
    written = data.draw(
        st.sampled_from(
            [
                " ".join(name.replace(" ", "")),
                f"{parts[0][:place]}-\n{parts[0][place:]} {' '.join(parts[1:])}",
                "\u00ad".join(name),
                name.translate(str.maketrans("aceopxy", "асеорху")),
                name.upper().replace(" ", "&nbsp;"),
                ", ".join(reversed(parts)),
            ]
        )
    )
    text = f"{before}\n“{written}”\n{after}"
    (hit,) = Matcher([Secret("d", "D", name.title(), Sort.NAME)]).find(text)
    start = len(before) + 2
    assert start <= hit.start < hit.end <= start + len(written)


@given(amounts, letters, letters, st.integers(-EDGE, EDGE), st.sampled_from([PIECE, 2 * PIECE, PIECE + OVERLAP]))
def test_where_a_long_text_is_cut_makes_no_difference(amount: int, first: str, last: str, shift: int, cut: int) -> None:
    assume(amount % 10**5 and first != last)
    matcher = Matcher([figure(amount), Secret("n", "N", f"{first} {last}", Sort.NAME), figure(amount % 10**6 + 10**6)])
    written = f"1{amount % 1000:03},{amount:,} for {first} {last}, ${amount:,}."
    text = "x " * ((cut + shift) // 2) + written + " y" * 5000
    alone = matcher.find(written)
    shifted = [(hit.secret, hit.start - len(text) + 10_000 + len(written)) for hit in matcher.find(text)]
    assert shifted == [(hit.secret, hit.start) for hit in alone]


POOL = [int(1_000_003 * 1.07**step) for step in range(60)]  # far apart: none rounds another
EXACT = sorted(set(FORMS) - {"apart", "head of a table", "by ' '", "by '\\xa0'", "by '\\u2009'", "by '\\u202f'"})


@given(st.lists(st.tuples(st.sampled_from(POOL), st.sampled_from(EXACT)), max_size=12), st.sets(st.sampled_from(POOL)))
def test_of_figures_in_a_row_those_are_found_that_are_secret(row: list[tuple[int, str]], secret: set[int]) -> None:
    text = " | ".join(FORMS[form](amount) for amount, form in row)
    found = {int(hit.secret.value) for hit in Matcher(map(figure, secret)).find(text)}
    assert found == {amount for amount, _ in row} & secret, text


@given(st.text("0123456789 ,.'_-$%\n/xA()", max_size=200), st.lists(st.integers(10_000, 10**7), max_size=5))
def test_no_amount_is_found_whose_digits_are_not_there(text: str, values: list[int]) -> None:
    digits = re.sub("[^0-9]", "", text)
    for hit in Matcher(map(figure, values)).find(text):
        assert hit.secret.value in digits
        assert hit.secret.value in re.sub("[^0-9]", "", text[hit.start : hit.end])


@given(st.text(string.ascii_letters + " .,-\n'", max_size=300), st.lists(letters, min_size=2, max_size=3, unique=True))
def test_no_name_is_found_whose_words_are_not_there(text: str, parts: list[str]) -> None:
    letters_of_text = re.sub("[^a-z]", "", text.lower())
    for hit in Matcher([Secret("d", "D", " ".join(parts), Sort.NAME)]).find(text):
        assert all(part in letters_of_text for part in parts), hit


@given(st.text(max_size=200), st.sampled_from(list(Sort)), st.text(max_size=40))
def test_any_value_is_looked_for_in_any_text_and_the_place_is_in_it(text: str, sort: Sort, value: str) -> None:
    for hit in Matcher([Secret("d", "D", value, sort)], published=[text[:20]]).find(text):
        assert 0 <= hit.start < hit.end <= len(text)


@given(st.lists(st.tuples(st.sampled_from(POOL), st.sampled_from(EXACT)), min_size=1, max_size=6))
def test_all_at_once_finds_what_one_by_one_does(row: list[tuple[int, str]]) -> None:
    text = "; ".join(FORMS[form](amount) for amount, form in row)
    secrets = list(map(figure, POOL))
    single = {(hit.secret, hit.start, hit.end) for one in secrets for hit in Matcher([one]).find(text)}
    assert {(hit.secret, hit.start, hit.end) for hit in Matcher(secrets).find(text)} == single
