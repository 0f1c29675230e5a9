"""Forms in which people abroad, typesetters and programs write a value: run together, with footnotes, cut anywhere."""

# ruff: noqa: RUF001 (letters and digits that look like others are the matter here)

import random
import string

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from exclusions.checks.confidential.leak_matcher import Matcher, Secret, Sort
from exclusions.checks.confidential.values import of_text

WORKS = "Zhejiang Borealis Fastener Works Co., Ltd."
FIGURES = {
    "1234567": [
        "1,234,567²", "1,234,567¹)", "1,234,567ᵃ", "1,234,567*", "1,234,567†", "１，２３４，５６７²", "1,235 Mio",
        "1,235 Mio.", "1,2346 Millionen", "1235K", "1,235K", "1235 Tsd", "1.235 Tsd", "12,34,567", "12.35 lakh",
        "0.1235 crore", "123.5万", "123.5 萬元", "0.01235亿", "一百二十三万四千五百六十七",
        "壹佰贰拾叁万肆仟伍佰陆拾柒元",
        "eine Million zweihundertvierunddreißigtausendfünfhundertsiebenundsechzig",
        "EINE MILLION ZWEIHUNDERTVIERUNDDREISSIGTAUSENDFUENFHUNDERTSIEBENUNDSECHZIG", "12 34 567", "123 4567",
        "1 2345 67", "1,23\n4,567", "12\n34567", "1234\r\n567", "12\u200934\u2009567", "1,23\u00ad4,567", "1.235M",
    ],
    "1200000": ["1.2M", "$1.2M", "12 lakh", "120万", "一百二十万", "1,2 Millionen", "zwölfhunderttausend"],
    "250000": ["1/4 million", "¼ million", "one quarter million", "a quarter of a million", "one-quarter million"],
    "1500000": ["one and a half million", "1 1/2 million", "1½ million", "1 ½ million", "anderthalb Millionen"],
    "2750000": ["2 3/4 million", "two and three quarters million", "2¾ million", "two and three-quarter million"],
    "2500000": ["zweieinhalb Millionen", "2 1/2 million", "2½ Mio"],
    "3100000000": ["3.1 Mrd", "3,1 Milliarden", "310 crore", "31亿"],
}  # fmt: skip
NAMES = [
    "ZhejiangBorealisFastenerWorks", "sales@zhejiangborealisfastenerworks.cn", "ZhejiangBorealis FastenerWorks",
    "www.zhejiangborealisfastenerworksltd.com", "ZHEJIANGBOREALISFASTENERWORKS2024.pdf",
    "Zhejiang-BorealisFastenerWorks", "Zhejiang_Borealis_Fastener_Works",
]  # fmt: skip
OTHERS = {
    "1234567": [
        "1,234,5672", "12,345,67", "1,234,568²", "1235 K", "1236K", "1,240 Mio", "1234 5678", "912 34 567",
        "3.12 34 567", "12 34 567.5", "12 34 568", "12, 34, 567", "123.5", "125万", "10^6",
    ],
    "4200000": ["42 00000", "4 20 00 00", "4²"],
    "1200000": ["1.2 m", "1.2m", "1.3M"],
    "100000": ["1/4 million", "zehntausend", "1/10 inch"],
}  # fmt: skip
amounts = st.integers(1_000_001, 999_999_999)
letters = st.text(string.ascii_lowercase, min_size=4, max_size=9)


def hits(value: str, text: str) -> list[tuple[int, int]]:
    return [(hit.start, hit.end) for hit in Matcher([Secret("t", "T", value, Sort.FIGURE)]).find(text)]


@pytest.mark.parametrize(("value", "written"), [(value, form) for value, forms in FIGURES.items() for form in forms])
def test_a_figure_is_found(value: str, written: str) -> None:
    for around in ("{}", "In 2018, it was {} in all.", "Purchases: {}\nSection 5 — 12 pieces"):
        ((start, end),) = hits(value, around.format(written))
        begin = around.index("{")
        assert begin <= start < end <= begin + len(written)


@pytest.mark.parametrize(("value", "written"), [(value, form) for value, forms in OTHERS.items() for form in forms])
def test_another_figure_is_not_taken_for_it(value: str, written: str) -> None:
    assert hits(value, f"It was {written} in all.") == []


@pytest.mark.parametrize("written", NAMES)
@pytest.mark.parametrize("name", [WORKS, "Zhejiang Borealis Fastener Works"])
def test_a_name_is_found_that_is_run_together(name: str, written: str) -> None:
    assert Matcher(of_text("n", "N", name)).find(f"Ask {written} for more")


def test_a_long_name_is_found_that_is_run_together() -> None:
    matcher = Matcher(of_text("n", "N", "Ningbo and Zhejiang Borealis Fastener Works Co., Ltd."))
    assert matcher.find("www.ningboandzhejiangborealisfastenerworks.test")


def test_a_short_name_is_not_looked_for_within_words() -> None:
    assert Matcher(of_text("n", "N", "Steel Works")).find("the steelworkshop of others") == []


@given(amounts, st.data(), st.sampled_from([" ", "\n", "\u2009", "\u00a0", "\r\n"]))
def test_a_figure_that_means_something_is_found_wherever_it_is_cut(amount: int, data: st.DataObject, cut: str) -> None:
    digits = str(amount)
    assume(len(digits.strip("0")) >= 6)
    place = data.draw(st.integers(1, len(digits) - 1))
    assert hits(digits, f"it was “{digits[:place]}{cut}{digits[place:]}” in all")


@given(amounts)
def test_a_figure_is_found_as_it_is_grouped_in_india(amount: int) -> None:
    assume(len(str(amount).strip("0")) >= 4)
    rest, last, groups = str(amount)[:-3], str(amount)[-3:], []
    while rest:
        rest, group = rest[:-2], rest[-2:]
        groups.insert(0, group)
    assert hits(str(amount), f"it was {','.join((*groups, last))} in all")


@given(amounts, st.sampled_from("¹²³⁴⁵⁶⁷⁸⁹⁰ᵃᵇ*†‡"))
def test_the_sign_of_a_footnote_makes_no_difference(amount: int, sign: str) -> None:
    assume(len(str(amount).strip("0")) >= 4)
    assert hits(str(amount), f"it was {amount:,}{sign} in all")


ONES = ["", "ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf"]
ONES += ["dreizehn", "vierzehn", "fünfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn"]
TENS = ["zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig"]


def in_german(number: int) -> str:
    """An independent writer of German numbers."""
    if number >= 10**6:
        many = "eine Million" if number < 2 * 10**6 else f"{in_german(number // 10**6)} Millionen"
        return f"{many} {in_german(number % 10**6)}".strip()
    for size, name in ((1000, "tausend"), (100, "hundert")):
        if number >= size:
            return in_german(number // size) + name + in_german(number % size)
    if number < 20:
        return ONES[number]
    return f"{ONES[number % 10]}und{TENS[number // 10 - 2]}" if number % 10 else TENS[number // 10 - 2]


def in_chinese(number: int) -> str:
    """An independent writer of Chinese numbers."""
    if number >= 10**8:
        return in_chinese(number // 10**8) + "亿" + (in_chinese(number % 10**8) if number % 10**8 else "")
    if number >= 10**4:
        rest = number % 10**4
        return in_chinese(number // 10**4) + "万" + (("零" if rest < 1000 else "") + in_chinese(rest) if rest else "")
    said = ""
    for size, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // size % 10
        said += "零一二三四五六七八九"[digit] + unit if digit else "零" if said and number % size else ""
    return said.replace("零零", "零")


@given(amounts)
def test_a_number_in_german_is_found(amount: int) -> None:
    assert hits(str(amount), f"Es waren {in_german(amount)} Dollar.")


@given(amounts)
def test_a_number_in_chinese_is_found(amount: int) -> None:
    assert hits(str(amount), f"共{in_chinese(amount)}元。")


@given(st.integers(0, 2**32))
def test_a_table_of_other_figures_is_no_alarm(seed: int) -> None:
    chance = random.Random(seed)
    secret = [f"{chance.randrange(10**6, 10**9)}" for _ in range(200)]
    rows = [" ".join(f"{chance.randrange(10 ** chance.randint(1, 5))}" for _ in range(8)) for _ in range(25)]
    matcher = Matcher([Secret(value, "V", value, Sort.FIGURE) for value in secret])
    assert len(matcher.find("\n".join(rows))) <= 1


@given(st.lists(letters, min_size=3, max_size=5, unique=True), st.data())
def test_any_name_is_found_run_together(parts: list[str], data: st.DataObject) -> None:
    assume(not {"limited", "corp", "company", "gmbh"}.intersection(parts))
    place = data.draw(st.integers(0, len(parts) - 1))
    written = " ".join(filter(None, ("".join(parts[:place]), "".join(parts[place:]))))
    (hit,) = Matcher([Secret("n", "N", " ".join(parts), Sort.NAME)]).find(f"at “{written}” today")
    assert hit.start == 4
