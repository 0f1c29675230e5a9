"""Each confidential value is found in each form in which a person or a program may write it, and in no other."""

# ruff: noqa: RUF001 (letters and digits that look like others are the matter here)

import pytest

from exclusions.checks.confidential.leak_matcher import Matcher, Secret, Sort

AMOUNT = [
    "4,200,000", "4200000", "$4,200,000", "$4.2m", "$4.2M", "$4.2MM", "$4.2 mil", "$4.2 million", "4.2 million",
    "4.2-million", "4.2 million dollars", "4.20 mn", "4,2 Mio", "4.200 Mio.", "4,200 thousand", "$4200k",
    "4200k dollars", "4,200 K USD", "4.2 mm dollars", "€4.2m", "4 200 000", "4.200.000", "4.200.000,00",
    "4,200,000.00", "4'200'000", "4’200’000", "4_200_000", "4\u2009200\u2009000", "4\u202f200\u202f000",
    "4\u00a0200\u00a0000", "4\t200\t000", "4 200\n000", "4,200,\n000", "4.2\nmillion", "4, 200, 000", "USD4200000",
    "4200000USD", "USD 4,200,000", "US$4.2M", "4.2E6", "4.2e+06", "4.2 x 10^6", "4.2 × 10⁶", "4 2 0 0 0 0 0",
    "in thousands: 4200", "(in thousands) 4,200", "4,200 (in thousands)", "$ thousands: 4,200",
    "thousands of dollars: 4200", "$000: 4,200", "(in millions): 4.2", "four million two hundred thousand",
    "Four Million, Two Hundred Thousand", "four-million-two-hundred-thousand", "four point two million",
    "4 million 200 thousand", "4 million, 200 thousand", "４，２００，０００", "４２０００００", "٤٬٢٠٠٬٠٠٠",
    "٤٢٠٠٠٠٠", "४२०००००", "𝟒,𝟐𝟎𝟎,𝟎𝟎𝟎", "4,2\u200b00,0\u200b00", "4,2\u00ad00,000", "4&#44;200&#44;000",
    "&#52;,200,000", "&#x34;,200,000", "&amp;#52;,200,000", "4&nbsp;200&nbsp;000", "共4200000元", "4.2 mil-\nlion",
]  # fmt: skip
ROUNDED = [
    "89,370,849", "89.370.849,00", "89_370_849", "89’370’849", "USD89370849", "89370849USD", "8.9E7", "8.9370849E7",
    "$ 89.4 M", "89.4M", "$89m", "89 million", "89.4 million", "89.37 million", "in thousands: 89370",
    "89,370.8 thousand", "in thousands: 89,371", "(in thousands)\nYear 2017 2018\nPurchases 80,100 89,371",
    "$ millions\n2017 2018\n75.0 89.4", "eighty-nine million",
    "eighty nine million three hundred and seventy thousand eight hundred and forty-nine",
]  # fmt: skip
SHARE = [
    "41%", "41 %", "41 percent", "41 per cent", "41 per-cent", "41pct", "41-percent", "41.0%", "41.00 percent",
    "(41) percent", "41 percentage points", "(%): 41", "forty-one percent", "forty one per cent",
    "FORTY-ONE PERCENT", "forty-one (41) percent", "（41）％", "４１％", "٤١٪", "41&#37;", "41&percnt;",
    "4\u200b1%", "41\npercent", "forty-\none percent", "forty-one per-\ncent",
]  # fmt: skip
PRICE = [
    "$71.20", "$ 71.20", "US$71.2", "USD 71.20", "71.20 USD", "71.20 dollars", "71,20 €", "$71.20/unit",
    "71.20 each", "at 71.20", "&#36;71.20", "＄７１．２０", "seventy-one dollars and twenty cents",
]  # fmt: skip
NAME = [
    "Wanda Whisper", "WHISPER, Wanda", "Wanda Q. Whisper", "wanda_whisper", "WandaWhisper", "Wanda—Whisper",
    "Wanda‑Whisper", "“Wanda” ‘Whisper’", "Wanda\n\n   Whisper", "Wanda\u2028Whisper", "Wánda Whísper",
    "Wanda&nbsp;Whisper", "&#87;anda Whisper", "Wan\u00adda Whis\u200bper", "\u202eWanda\u202c Whisper",
    "Wаndа Whіspеr", "ᎳΑΝᎠΑ ШHIЅΡER", "Ｗａｎｄａ Ｗｈｉｓｐｅｒ", "𝓦𝓪𝓷𝓭𝓪 𝓦𝓱𝓲𝓼𝓹𝓮𝓻", "Ⓦanda Whisper",
    "W a n d a  W h i s p e r", "W.a.n.d.a W.h.i.s.p.e.r", "w-a-n-d-a-w-h-i-s-p-e-r", "Wanda W h i s p e r",
    "Wanda Whis-\nper", "Whis-\n  per, Wanda", "Wan-\r\nda Whis-\r\nper", "Whis\u00ad\nper, Wanda",
]  # fmt: skip
PASSAGE = [
    "hidden supplier works quoted us twice the price in May of the year",
    "Hidden Suppliеr Works quоted us tw\u00adice the price in May 2019",
    "hidden supp-\nlier works quoted us twice the price in may of 2019",
    "H i d d e n S u p p l i e r W o r k s q u o t e d u s t w i c e",
    "HIDDEN “supplier” works\nquoted   us twice, the price",
]  # fmt: skip
WRITTEN = {
    (Sort.FIGURE, "4200000"): AMOUNT,
    (Sort.FIGURE, "89370849"): ROUNDED,
    (Sort.PERCENT, "41%"): SHARE,
    (Sort.PERCENT, "41.5%"): ["41.5%", "41,5 %", "41½%", "41.50 percent", "forty-one point five percent"],
    (Sort.PERCENT, "25%"): ["25% of our sales", "25 percent of the company's total gross sales"],
    (Sort.FIGURE, "$71.20"): PRICE,
    (Sort.FIGURE, "1250"): [
        "1,250 units", "1250 pcs", "1 250 pieces", "$1,250", "one thousand two hundred fifty dollars",
    ],
    (Sort.NAME, "Wanda Whisper"): NAME,
    (Sort.NAME, "Νίκος Παπαδόπουλος"): ["ΝΙΚΟΣ ΠΑΠΑΔΟΠΟΥΛΟΣ", "παπαδόπουλος, νίκος"],
    (Sort.NAME, "宁波新光机械"): ["宁波新光机械", "位于宁波新光机械有限公司的"],
    (Sort.PHRASE, "Hidden Supplier Works quoted us twice the price in May of the year 2019, then declined"): PASSAGE,
    (Sort.EMAIL, "a.b@x-corp.test"): [
        "a.b@x-corp.test", "A.B (at) x-corp dot test", "a&#46;b&#64;x-corp.test", "a.b＠x-corp.test",
    ],
    (Sort.PHONE, "+1 937-555-0142"): [
        "(937) 555-0142", "937–555–0142", "９３７-555-0142", "9 3 7 5 5 5 0 1 4 2", "937.555.\n0142",
    ],
}  # fmt: skip
OTHERS = {
    (Sort.FIGURE, "4200000"): [
        "4.2m long", "4.2 mm", "4.2", "4,200", "14,200,000", "4,200,0001", "4,200,000,000", "42000000", "A4200000",
        "0.4200000", "5.4,200,000", "4.200.000.000", "4.3 million", "$4.3m", "4 million", "$4,200",
        "4,200 (in millions)", "twenty-four million two hundred thousand", "four thousand two hundred",
        "(in thousands) 42", "4.2E5", "42 00000",
    ],
    (Sort.PERCENT, "41%"): [
        "41", "41 mm", "141%", "3.41%", "41.2%", "forty-one", "one hundred forty-one percent", "41 people, 5%",
        "10% 41 mm",
    ],
    (Sort.PERCENT, "25%"): ["a duty of 25%", "25 percent ad valorem", "twenty-five percent"],
    (Sort.PERCENT, "100%"): ["100% of our sales"],
    (Sort.FIGURE, "$71.20"): [
        "71.20 mm", "71.2", "$71", "$71.25", "171.20", "$171.20", "8471.20", "7471.20.0000", "71.20.30", "71.20%",
        "7120", "$71.20 million",
    ],
    (Sort.FIGURE, "1250"): ["1250", "1,250 mm", "1,250 V", "$1,250,000", "$1,250.75"],
    (Sort.FIGURE, "2018"): ["In 2018 sets", "2018 units"],
    (Sort.FIGURE, "2"): ["$2", "2 pieces", "2 million"],
    (Sort.FIGURE, "10000"): ["10,000 revolutions"],
    (Sort.NAME, "$4.2 million"): ["4 parts in 2 million"],
}  # fmt: skip
AROUND = ("{}", "In 2018, it was {} in all.", "Purchases: {}\nSection 5, “next” — 12 pieces", "(見{}) & more;")


def cases(table: dict[tuple[Sort, str], list[str]]) -> list[tuple[Sort, str, str]]:
    return [(sort, value, text) for (sort, value), texts in table.items() for text in texts]


@pytest.mark.parametrize(("sort", "value", "written"), cases(WRITTEN), ids=lambda part: ascii(part))
def test_a_value_is_found_however_it_is_written(sort: Sort, value: str, written: str) -> None:
    matcher = Matcher([Secret("trade", "Trade", value, sort)])
    for around in AROUND:
        text = around.format(written)
        (hit,) = matcher.find(text)
        begin = text.index(written)
        assert begin <= hit.start < hit.end <= begin + len(written) + len(around.format("")), text
        assert " ".join(text[hit.start : hit.end].split())[:200] in hit.excerpt


@pytest.mark.parametrize(("sort", "value", "written"), cases(OTHERS), ids=lambda part: ascii(part))
def test_what_says_something_else_is_not_taken_for_it(sort: Sort, value: str, written: str) -> None:
    matcher = Matcher([Secret("trade", "Trade", value, sort)])
    assert [around.format(written) for around in AROUND if matcher.find(around.format(written))] == []
