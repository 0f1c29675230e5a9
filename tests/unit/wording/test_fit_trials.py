"""What importers wrote of their goods in trials, held against the real texts: no yes that is wrong, no hasty no."""

import csv
import gzip
from functools import cache
from pathlib import Path

import pytest

from exclusions.wording import parse
from exclusions.wording.fit import Verdict, fits
from exclusions.wording.said import Goods

YES, NO, ASK = Verdict.YES, Verdict.NO, Verdict.ASK
FILES = ("exclusions_note20_2026_rev6", "exclusions_note20_2026_rev6_rest")


@cache
def texts(data: Path) -> list[str]:
    """Return the texts of all exclusions of U.S. note 20."""
    found: list[str] = []
    for name in FILES:
        with gzip.open(data / "ch99" / f"{name}.csv.gz", "rt", encoding="utf-8", newline="") as stream:
            found += [row["text"] for row in csv.DictReader(stream)]
    return found


SEATS = (
    "Upholstered seats with wooden frames other than chairs, not of cane, osier, bamboo or similar materials, each "
    "measuring at least 144 cm but no more than 214 cm in width, at least 81 cm but no more than 89 cm in height and "
    "at least 81 cm but not more than 163 cm in depth (described in statistical reporting number 9401.61.6011)"
)
GRAPHICS = (
    "Printed circuit assemblies for rendering images onto computer screens (“graphics processing modules”) (described "
    "in statistical reporting number 8473.30.1180)"
)
PURIFIERS = (
    "Air purification equipment, electrically powered, weighing less than 36 kg (described in statistical reporting "
    "number 8421.39.0115 effective January 27, 2022)"
)
LEGS = (
    "Parts of chairs of unfinished plywood, including bodies, legs and arms (described in statistical reporting number "
    "9401.91.9090 effective January 27, 2022)"
)
COMPRESSORS = (
    "Compressors, other than screw type, used in air conditioning equipment in motor vehicles, each valued over $88 "
    "but not over $92 per unit (described in statistical reporting number 8414.30.8030)"
)
BINOCULARS = (
    "Prism binoculars, other than for use with infrared light, comprising a plastic, aluminum or magnesium alloy body "
    "with a rubber jacket, with magnification ranging from at least 4X but not more than 22X and aperture ranging from "
    "at least 21 mm but not more than 56 mm (described in statistical reporting number 9005.10.0040)"
)
SCANNERS = (
    "Ultrasonic scanning apparatus, each having dimensions not exceeding 122 cm by 77 cm by 127 cm, whether or not "
    "presented with transducer (described in statistical reporting number 9018.12.0000)"
)
FIREPLACES = (
    "Electric fireplaces, weighing not more than 55 kg (described in statistical reporting number 8516.29.0030)"
)


@pytest.mark.parametrize(
    ("text", "goods", "verdict"),
    [
        (SEATS, "Upholstered sofa with a wooden frame, 200 cm wide, 85 cm high, 90 cm deep", ASK),
        (SEATS, "Upholstered sofa with a wooden frame, 240 cm wide, 85 cm high, 90 cm deep", NO),
        (SEATS, "Upholstered sofa with a wooden frame, 79 in wide, 34 in high, 36 in deep", ASK),
        (SEATS, "Chairs with wooden frames, upholstered", NO),
        (GRAPHICS, "Graphics card", ASK),
        (PURIFIERS, "Air purifier for the home", ASK),
        (PURIFIERS, "Air purifier for the home, net weight 8 lb", ASK),
        (PURIFIERS, "Air purification equipment, electrically powered, net weight 8 lb", YES),
        (PURIFIERS, "Air purification equipment, electrically powered, net weight 88 lb", NO),
        (LEGS, "Chair legs of plywood", ASK),
        (LEGS, "Chair legs of steel", ASK),
        (COMPRESSORS, "Screw type compressor for car air conditioning, valued at $90", NO),
        (COMPRESSORS, "Screw-type compressor", NO),
        (COMPRESSORS, "Scroll compressor for car air conditioning, valued at $90", ASK),
        (COMPRESSORS, "Compressor with a screw cap", ASK),
        (COMPRESSORS, "Non-screw compressor", ASK),
        (BINOCULARS, "Infrared binoculars", NO),
        (BINOCULARS, "Prism binoculars with 25X magnification, 50 mm aperture", NO),
        (BINOCULARS, "Prism binoculars, 25x, aperture 50 mm", NO),
        (BINOCULARS, "Prism binoculars, 10X, aperture 42 mm, aluminum body", ASK),
        (SCANNERS, "Ultrasonic scanning apparatus, 50x28x52 in", NO),
        (SCANNERS, "Ultrasonic scanning apparatus, 52 x 50 x 28 inches, with transducer", NO),
        (SCANNERS, "Ultrasonic scanning apparatus, 30 x 28 x 30 inches, with transducer", YES),
        (SCANNERS, "Ultrasonic scanning apparatus, 45x28x45 in", ASK),
        (SCANNERS, "Ultrasound scanner, 45x28x45 in", ASK),
        (FIREPLACES, "Electric fireplace heater insert", ASK),
    ],
)
def test_goods_of_the_trial(text: str, goods: str, verdict: Verdict) -> None:
    found = fits(parse(text), Goods(goods))
    assert found.verdict is verdict, found


@pytest.mark.parametrize("goods", ["Sofa", "Graphics card", "Air purifier", "Chair legs", "Something else altogether"])
def test_the_noun_alone_is_asked_about(goods: str) -> None:
    for text in (SEATS, GRAPHICS, PURIFIERS, LEGS, COMPRESSORS, BINOCULARS, SCANNERS, FIREPLACES):
        found = fits(parse(text), Goods(goods))
        assert found.verdict is ASK
        assert any(parse(text).noun in why or "is required" in why for why in found.why)


def test_no_real_exclusion_refuses_goods_in_its_own_words(shared_data: Path) -> None:
    """All 3,515 of U.S. note 20, as they stand and behind words of a person’s own."""
    every = texts(shared_data)
    assert len(every) == 3515
    parsed = {text: parse(text) for text in every}
    for before in ("", "Our product: "):
        assert [text for text, said in parsed.items() if fits(said, Goods(before + said.body)).verdict is NO] == []


def test_no_real_exclusion_says_yes_to_its_noun_alone(shared_data: Path) -> None:
    wrong = []
    for text in texts(shared_data):
        described = parse(text)
        said = described.body.casefold() == described.noun.casefold()
        if not said and described.required_limits[0] and fits(described, Goods(described.noun)).verdict is YES:
            wrong.append(text)
    assert wrong == []
