"""Rates as the schedule prints them: every form that there is, worked out by hand."""

from decimal import Decimal
from pathlib import Path

import pytest

from exclusions.duties.rates import read_rate
from exclusions.gateways.tariff.hts_edition import read_edition

D = Decimal
SUGAR = (
    "3.6606¢/kg less 0.020668¢/kg for each degree under 100 degrees (and fractions of a degree in proportion) but not "
    "less than 3.143854¢/kg"
)


@pytest.mark.parametrize(
    ("printed", "known", "duty"),
    [
        ("Free", {}, "0.00"),
        ("2.5%", {"value": "1000"}, "25.00"),
        ("2.2%`", {"value": "50"}, "1.10"),
        ("4.4¢/kg", {"kilograms": "250"}, "11.00"),
        ("$1.646/kg", {"kilograms": "10.5"}, "17.28"),
        ("46.3¢/kg + 14.9%", {"kilograms": "100", "value": "200"}, "76.10"),
        ("$1.035/kg +13.6%", {"kilograms": "1", "value": "100"}, "14.64"),
        ("1¢ each + 2.8%", {"pieces": "300", "value": "1000"}, "31.00"),
        ("76¢/pr. + 32%", {"pairs": "10", "value": "100"}, "39.60"),
        ("68¢/head", {"head": "3"}, "2.04"),
        ("5.25¢/bbl", {"barrels": "1000"}, "52.50"),
        ("89.6¢/1000", {"thousands": "2.5"}, "2.24"),
        ("10¢/1,000 pins + 3.5%", {"thousands-of-pins": "10", "value": "10"}, "1.35"),
        ("$1.13/m3", {"cubic-meters": "2"}, "2.26"),
        ("4.5¢/ liter", {"liters": "100"}, "4.50"),
        ("4.4¢/liter + 31.4¢/pf. liter", {"liters": "10", "proof-liters": "5"}, "2.01"),
        ("0.3¢/line/ gross + 4.6%", {"line-gross": "100", "value": "10"}, "0.76"),
        ("3.7¢/kg on drained weight", {"kilograms-by-drained-weight": "100"}, "3.70"),
        ("3.6606¢/kg of total sugars", {"kilograms-of-total-sugars": "100"}, "3.66"),
        ("1.7¢/kg on lead content", {"kilograms-of-lead-content": "100"}, "1.70"),
        ("18.7¢/clean kg", {"kilograms-clean": "10"}, "1.87"),
        ("2.5% on the value of the lead content", {"value-lead-content": "100"}, "2.50"),
        ("6.5% on the entire set", {"value": "100"}, "6.50"),
        (
            "44¢ each + 6% on the case + 14% on the strap, band or bracelet + 5.3% on the battery",
            {"pieces": "10", "value-case": "100", "value-strap-band-or-bracelet": "50", "value-battery": "10"},
            "17.93",
        ),
        ("43¢ each + 2.8¢/jewel over 7 + 3.7% on the case",
         {"pieces": "10", "jewels-over-7": "100", "value-case": "100"}, "10.80"),
        ("3.9% on the movement and case+ 5.3% on the battery",
         {"value-movement-and-case": "100", "value-battery": "10"}, "4.43"),
        ("13.5¢/kg + 6.3% + 1.9¢/article", {"kilograms": "10", "value": "100", "pieces": "10"}, "7.84"),
        (
            SUGAR,
            {"kilograms": "1000", "degrees": "98.5"},
            "36.30",
        ),
    ],
)  # fmt: skip
def test_a_rate_is_worked_out_from_what_it_asks_for(printed: str, known: dict[str, str], duty: str) -> None:
    rate = read_rate(printed)
    values = {key: D(value) for key, value in known.items()}
    assert {measure.key for measure in rate.measures} == set(values)
    assert rate.duty(values) == D(duty)
    for key in values:
        assert rate.duty({other: value for other, value in values.items() if other != key}) is None


def test_the_least_a_kilogram_of_sugar_holds_below_the_degrees() -> None:
    rate = read_rate(SUGAR)
    assert rate.duty({"kilograms": D(10000), "degrees": D(40)}) == D("314.39")


@pytest.mark.parametrize(
    "printed",
    [
        "",
        "The rate applicable to each garment in the ensemble if separately entered",
        "See additional U.S. note 1",
        "5% + as below",
        "12¢/furlong",
        "The duty provided in the applicable subheading + 25%",
    ],
)
def test_what_cannot_be_worked_out_is_said_and_never_guessed(printed: str) -> None:
    rate = read_rate(printed)
    assert rate.cannot
    assert not rate.is_free
    assert rate.duty({"value": D(100)}) is None
    assert printed in rate.cannot


EDITIONS = ("hts_2026_rev_6.json.gz", "hts_2025_basic.json.gz", "hts_2019_rev20.csv.gz")


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_rate_of_a_real_edition_is_read_or_hangs_on_another(shared_data: Path, edition: str) -> None:
    """What cannot be worked out is what the schedule itself ties to another rate, or to parts of a whole."""
    lines = read_edition(shared_data / "hts" / edition, []).lines
    printed = {line.general_rate for line in lines if line.general_rate and line.number[:2] not in ("98", "99")}
    unread = {text for text in printed if read_rate(text).cannot}
    assert len(printed) > 500
    assert all("rate" in text or text.startswith("See ") or "shall not exceed" in text for text in unread), unread
