"""What a shipment of a number may owe on a day, made of what is on file about the number. No statement of its own.

Cranes are asked of more than their kind. U.S. note 31(l)(i) to (iii) and (v) puts cranes of another country under
9903.91.14 too, if they hold parts of China or a Chinese person owns or controls their maker. 9903.91.15 is for cranes
of which the importer attests that they have none of it. Neither is a product of China, which owes the rest.
"""

import re
from dataclasses import replace

from exclusions.days import in_full
from exclusions.duties.owed import Additional, Duties, Text, percent
from exclusions.duties.rates import Rate, read_rate
from exclusions.duties.sentence import sentences
from exclusions.facts.also_owed import NO_GOODS, AlsoOwed
from exclusions.facts.coverage import Coverage, InTransit
from exclusions.facts.exclusions import NamedExclusion
from exclusions.facts.numbers import NumberOnDay
from exclusions.hts import dotted

MOST_NAMED = 6
CRANES, ATTESTED = "9903.91.14", "9903.91.15"
ELSEWHERE = (
    "The goods are ship-to-shore gantry cranes of another country with a boom, trolley, spreader, cabin, legs, cable "
    "reel, power supply, bogie set and wheels or IT equipment of China, or of a maker that Chinese persons own or "
    "control"
)


def duties_of(facts: NumberOnDay) -> Duties | None:
    """Return the duties that goods of the number may owe on the day; None for what is no line that goods are entered
    under: less than 8 digits, chapters 98 and 99, and what did not exist that day.
    """
    if facts.level < 8 or facts.number.chapter in NO_GOODS or not facts.has_answer or facts.is_renumbered:
        return None
    found = [*(_of_list(item, facts.level) for item in facts.coverage), *map(_beside, facts.also_owed)]
    headings = {item.heading for item in found}
    found.sort(key=lambda item: item.in_place_of in headings)  # what applies instead, after what it takes the place of
    duties = Duties(
        base=_base(facts),
        additional=_with_cranes(found),
        in_transit=[_of_transit(item, facts.coverage) for item in facts.in_transit],
        texts=[_text(item, facts.number.plain) for item in facts.exclusions],
    )
    return replace(duties, sentences=sentences(duties, in_full(facts.as_of)))


def _base(facts: NumberOnDay) -> Rate | None:
    return read_rate(facts.line.general_rate) if facts.exists and facts.line else None


def _of_list(item: Coverage, level: int) -> Additional:
    name = f"Section 301 ({_short(item.label)})"
    if item.goods:
        return _of_goods(name, item.list_code, item)
    asks = _asked_of_part(item) if level < 10 else ""
    key = f"part-{item.heading}" if asks else ""
    question = f"{asks[:1].upper()}{asks[1:]} ({_short(item.label)}, {percent(item.rate_pct)})" if asks else ""
    return Additional(
        name, item.list_code, item.heading_dotted, item.rate_pct, key=key, asks=asks, question=question,
        is_open=bool(asks), choice="part",
    )  # fmt: skip


def _of_goods(name: str, code: str, item: Coverage | AlsoOwed) -> Additional:
    """Return a heading that some goods of the line alone come under."""
    return Additional(
        name, code, item.heading_dotted, item.rate_pct, key=_key(item.goods), asks=f"the goods are {item.goods}",
        in_place_of=dotted(item.other_goods), question=f"The goods are {item.goods}",
        is_open=item.heading_dotted != ATTESTED,
    )  # fmt: skip


def _with_cranes(found: list[Additional]) -> list[Additional]:
    """Add what note 31(l) asks of cranes of another country: they owe 9903.91.14 or nothing of what China's owe."""
    crane = next((item for item in found if item.heading == CRANES), None)
    if crane is None:
        return found
    of_china = tuple(item.heading for item in found if item.heading not in (CRANES, ATTESTED))
    elsewhere = replace(
        crane, key="cranes-of-another-country", asks=ELSEWHERE[:1].lower() + ELSEWHERE[1:], question=ELSEWHERE,
        is_open=False, lifts=of_china,
    )  # fmt: skip
    return [*(replace(item, lifts=of_china) if item.heading == ATTESTED else item for item in found), elsewhere]


def _asked_of_part(item: Coverage) -> str:
    """Return what decides whether goods of a subheading that is covered in part are; "" where it is covered whole."""
    if item.only:
        return f"it is classified in {_or(item.only)}"
    return f"it is not classified in {_or(item.without)}" if item.without else ""


def _or(numbers: tuple[str, ...]) -> str:
    shown = [dotted(number) for number in numbers[:MOST_NAMED]]
    if len(numbers) > MOST_NAMED:
        return f"{', '.join(shown)} or {len(numbers) - MOST_NAMED} more"
    *most, last = shown
    return f"{', '.join(most)} or {last}" if most else last


def _beside(item: AlsoOwed) -> Additional:
    name = f"the {_short(item.action)}"
    if item.goods:
        return _of_goods(name, "", item)
    key, unless = (f"not-{item.heading}", "an exception applies") if item.unless else ("", "")
    question = f"An exception to {item.heading_dotted} applies: {item.unless}" if item.unless else ""
    return Additional(name, "", item.heading_dotted, item.rate_pct, key=key, unless=unless, question=question)


def _short(name: str) -> str:
    """Return what a sentence calls an action: List 3; four-year review of 2024."""
    short = name.partition(":")[0]
    return short if short.startswith("List ") else f"{short[:1].lower()}{short[1:]}"


def _key(goods: str) -> str:
    """Return the same for two headings that are limited to the same goods, so that they are asked once."""
    return f"goods-{re.sub(r'[^a-z0-9]+', '-', goods.partition(' (')[0].lower())[:90].strip('-')}"


def _of_transit(item: InTransit, covering: list[Coverage]) -> Additional:
    of_list = next((found.heading_dotted for found in covering if found.list_code == item.list_code), "")
    asks = f"it was exported before {in_full(item.exported_before)}"
    if item.entered_before:
        asks += f" and entered before {in_full(item.entered_before)}"
    name = f"Section 301 ({_short(item.label)}, in transit)"
    return Additional(
        name, item.list_code, item.heading_dotted, item.rate_pct, key=f"transit-{item.heading}", asks=asks,
        in_place_of=of_list, question=f"{asks[:1].upper()}{asks[1:]} ({percent(item.rate_pct)} instead)",
    )  # fmt: skip


def _text(item: NamedExclusion, number: str) -> Text:
    is_whole = item.whole_number and len(number) == 10 and item.number == number
    return Text(item.reference, item.heading_dotted, item.list_code, item.text, is_whole=is_whole)
