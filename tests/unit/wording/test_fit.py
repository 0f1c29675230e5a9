"""Do goods, as they are described, satisfy a product text?"""

import time

import pytest

from exclusions.wording import parse
from exclusions.wording.fit import Verdict, fits, meet
from exclusions.wording.said import Goods

VALVES = parse(
    "Ball valves of steel, hand operated, each measuring over 12 mm but not over 20 mm in diameter, rated at not more "
    "than 10 bar (described in statistical reporting number 8481.80.3090)"
)


@pytest.mark.parametrize(
    ("goods", "verdict", "why"),
    [
        ("Hand operated steel ball valve, diameter 15 mm, 8 bar", Verdict.YES, "everything"),
        ("Hand operated ball valves of steel, 0.7 inches in diameter, rated at 5 bar", Verdict.YES, "everything"),
        ("Ball valves of steel, hand operated, 25 mm in diameter", Verdict.NO, "states diameter 25 mm"),
        ("Ball valves of steel, hand operated, 12 mm in diameter", Verdict.NO, "over 12 mm"),
        ("Ball valves of brass, hand operated, 15 mm in diameter", Verdict.NO, "goods of steel"),
        ("Pumps of steel", Verdict.ASK, "are the goods “Ball valves”?"),
        ("Ball valves of steel, 15 mm in diameter, 8 bar", Verdict.ASK, "“hand operated” is required"),
        ("Hand operated ball valves of steel", Verdict.ASK, "does not say"),
        ("Hand operated ball valves of steel, 10 to 15 mm in diameter, 8 bar", Verdict.ASK, "allows more"),
        ("Ball valves not of steel but plastic, hand operated, 15 mm in diameter, 8 bar", Verdict.ASK, "plastic too"),
        ("Ball valves of steel, not hand operated, 15 mm in diameter, 8 bar", Verdict.ASK, "a “not”"),
        ("Gasket for hand operated ball valves of steel, 15 mm in diameter, 8 bar", Verdict.ASK, "are the goods"),
        ("Ball valves of steel and brass, hand operated, 15 mm in diameter, 8 bar", Verdict.ASK, "brass too"),
        ("Ball valves of steel, hand operated, 15 mm in diameter or 30 mm in diameter, 8 bar", Verdict.ASK, "more"),
        ("Ball valves of steel, hand operated, 15 mm in diameter, handle 30 mm in diameter", Verdict.ASK, "diameter"),
        ("Ball valves of steel, hand operated, 15 mm, 8 bar", Verdict.ASK, "diameter over 12 mm"),
        ("Ball valve of steel, motor operated, for the hand, 15 mm in diameter, 8 bar", Verdict.ASK, "not together"),
    ],
)
def test_goods_beside_a_text(goods: str, verdict: Verdict, why: str) -> None:
    found = fits(VALVES, Goods(goods))
    assert found.verdict is verdict, found
    assert any(why in reason for reason in found.why), found.why


GLOVES = parse("Gloves, knitted, not suitable for climbing, other than of rubber (6116.10.0000)")


@pytest.mark.parametrize(
    ("goods", "verdict"),
    [
        ("Gloves, knitted, not suitable for climbing, other than of rubber", Verdict.YES),
        ("Gloves, knitted", Verdict.ASK),
        ("Gloves, knitted, suitable for climbing, other than of rubber", Verdict.ASK),
        ("Gloves, knitted, not suitable for climbing, of rubber", Verdict.ASK),
    ],
)
def test_what_a_text_leaves_out_has_to_be_said(goods: str, verdict: Verdict) -> None:
    assert fits(GLOVES, Goods(goods)).verdict is verdict


def test_a_limit_that_is_left_out_holds_goods_to_nothing() -> None:
    wheels = parse(
        "Bicycles, weighing less than 16 kg and not designed for tires exceeding 4 cm in diameter (8712.00.15)"
    )
    assert not fits(wheels, Goods("Bicycles, weighing 12 kg, for tires of 3 cm in diameter")).missed


def test_the_limit_that_goods_miss_is_named() -> None:
    assert fits(VALVES, Goods("Ball valves, 25 mm in diameter")).missed == ("diameter over 12 mm but not over 20 mm",)


def test_texts_of_one_noun_overlap_unless_a_limit_keeps_them_apart() -> None:
    wider = parse("Ball valves of steel, each measuring over 20 mm but not over 40 mm in diameter (8481.80.3090)")
    within = parse("Ball valves, each measuring over 15 mm but not over 40 mm in diameter (8481.80.3090)")
    assert meet(VALVES, wider).verdict is Verdict.NO, "not over 20 mm, and over 20 mm"
    assert meet(VALVES, within).verdict is Verdict.ASK
    assert meet(VALVES, VALVES).verdict is Verdict.YES
    assert meet(VALVES, parse("Gaskets of rubber (8481.80.3090)")).verdict is Verdict.NO


def test_fifteen_hundred_descriptions_are_compared_within_a_second() -> None:
    said = " It is made of a body, a ball and two seats, rated at 8 bar, 120 V and 60 Hz, and weighs not over 2 kg." * 3
    goods = [Goods(f"Ball valve of steel no. {n}, {n % 30} mm in diameter.{said}") for n in range(1500)]
    started = time.process_time()
    verdicts = [fits(VALVES, one).verdict for one in goods]
    assert time.process_time() - started < 1
    assert Verdict.ASK in verdicts
    assert Verdict.NO in verdicts
