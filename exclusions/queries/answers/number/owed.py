"""What a shipment of a number may owe on a day, made of what is on file about the number. No statement of its own."""

import re
from dataclasses import replace

from exclusions.days import in_full
from exclusions.duties.owed import Additional, Duties, Text, percent
from exclusions.duties.rates import Rate, read_rate
from exclusions.duties.sentence import sentence
from exclusions.facts.also_owed import NO_GOODS, AlsoOwed
from exclusions.facts.coverage import Coverage, InTransit
from exclusions.facts.exclusions import NamedExclusion
from exclusions.facts.numbers import NumberOnDay
from exclusions.hts import dotted

MOST_NAMED = 6


def duties_of(facts: NumberOnDay) -> Duties | None:
    """The duties that goods of the number may owe on the day; None for what is no line that goods are entered under:
    less than 8 digits, chapters 98 and 99, and what did not exist that day."""
    if facts.level < 8 or facts.number.chapter in NO_GOODS or not facts.has_answer:
        return None
    duties = Duties(
        base=_base(facts),
        additional=[
            *(_of_list(item, facts.level) for item in facts.coverage),
            *(_of_all_goods(item) for item in facts.also_owed),
        ],
        in_transit=[_of_transit(item, facts.coverage) for item in facts.in_transit],
        texts=[_text(item, facts.number.plain) for item in facts.exclusions],
    )
    return replace(duties, in_words=sentence(duties, in_full(facts.as_of)))


def _base(facts: NumberOnDay) -> Rate | None:
    return read_rate(facts.line.general_rate) if facts.exists and facts.line else None


def _of_list(item: Coverage, level: int) -> Additional:
    name = f"Section 301 ({_short(item.label)})"
    if item.goods:
        return Additional(
            name, item.list_code, item.heading_dotted, item.rate_pct, key=_key(item.goods),
            asks=f"the goods are {item.goods}", in_place_of=dotted(item.other_goods),
            question=f"The goods are {item.goods}",
        )  # fmt: skip
    asks = _asked_of_part(item) if level < 10 else ""
    key = f"part-{item.heading}" if asks else ""
    question = f"{asks[:1].upper()}{asks[1:]} ({_short(item.label)}, {percent(item.rate_pct)})" if asks else ""
    return Additional(
        name, item.list_code, item.heading_dotted, item.rate_pct, key=key, asks=asks, question=question
    )  # fmt: skip


def _asked_of_part(item: Coverage) -> str:
    """What decides whether goods of a subheading that is covered in part are; "" where it is covered whole."""
    if item.only:
        return f"it is classified in {_or(item.only)}"
    return f"it is not classified in {_or(item.without)}" if item.without else ""


def _or(numbers: tuple[str, ...]) -> str:
    shown = [dotted(number) for number in numbers[:MOST_NAMED]]
    if len(numbers) > MOST_NAMED:
        return f"{', '.join(shown)} or {len(numbers) - MOST_NAMED} more"
    *most, last = shown
    return f"{', '.join(most)} or {last}" if most else last


def _of_all_goods(item: AlsoOwed) -> Additional:
    name = f"the {_short(item.action)}"
    key, unless = (f"not-{item.heading}", "it is among the goods named there") if item.unless else ("", "")
    question = f"Not owed under {item.heading_dotted}, since {item.unless}" if item.unless else ""
    return Additional(name, "", item.heading_dotted, item.rate_pct, key=key, unless=unless, question=question)


def _short(name: str) -> str:
    """What a sentence calls an action: List 3; four-year review of 2024."""
    short = name.partition(":")[0]
    return short if short.startswith("List ") else f"{short[:1].lower()}{short[1:]}"


def _key(goods: str) -> str:
    """The same for two headings that are limited to the same goods, so that they are asked once."""
    return f"goods-{re.sub(r'[^a-z0-9]+', '-', goods.lower())[:40].strip('-')}"


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
