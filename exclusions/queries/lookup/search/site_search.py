"""One ranked search over the schedule, exclusions, rounds, help and the docket. Reads public tables only."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import zip_longest

from exclusions.facts.lines import lines_of, matching_lines
from exclusions.goods.asked import Asked, read_asked
from exclusions.hts import LEVELS
from exclusions.models.public import PublicPetition
from exclusions.queries.lookup.goods_search import Found, FoundLine, find_goods
from exclusions.queries.lookup.search.hits import Hit, heading_hit, line_hit, number_address
from exclusions.queries.lookup.search.other_hits import (
    exclusion_hits,
    help_hits,
    known_rounds,
    petition_hits,
    round_hits,
    similar_names,
)
from exclusions.queries.lookup.search.very_words import MOST, first_of, first_petitions
from exclusions.queries.lookup.search.worded import HEADINGS, LINES

PAGE_SIZE = 25
FIRST = 5  # of each kind before the rest of any
MOST_LINES = 50


@dataclass(frozen=True)
class Results:
    """One page of what was found, best first.

    `goods` is what the words found in the schedule, with what was corrected; None where no words were asked for.
    `names` are organizations called nearly so, where no petition was found. `more`: whether another page follows.
    """

    asked: Asked
    hits: list[Hit] = field(default_factory=list)
    more: bool = False
    goods: Found | None = None
    names: list[str] = field(default_factory=list)
    place: int = 1  # of the first hit
    number_page: str = ""  # of a number that no line on the day has
    corrected: str = ""  # what was looked for instead of what was typed


def site_search(
    typed: str, as_of: date, *, kind: str = "", start: int = 0, size: int = PAGE_SIZE, verbatim: bool = False
) -> Results:
    """Find what was typed, as of the day: words, numbers with or without dots or begun, or a reference.

    First come at most two exclusions and two petitions in the very words that were typed, those in force and granted
    before others; then the five best headings where five fit; then a few of each other kind, then the rest of each,
    the petitions, of which all are reached, last. `kind` asks for one kind alone. `verbatim`: no word is corrected.
    At most 18 statements, whatever is on record.
    """
    asked = read_asked(typed)
    if asked.is_empty:
        return Results(asked)
    goods, tariff = _tariff(asked, as_of, verbatim=verbatim) if kind in ("", "heading", "line") else (None, [])
    is_corrected = bool(goods and goods.corrected)
    said = _asked_outside_tariff(asked, goods)
    called = _called(asked, goods) if not verbatim else []
    if called:  # an organization, not goods
        said, tariff = read_asked(called[0]), []
    excluded = exclusion_hits(said, as_of) if kind in ("", "exclusion") else []
    on_file = known_rounds() if kind in ("", "round", "petition") else []
    rounds = round_hits(asked, on_file) if kind in ("", "round") else []
    helping = help_hits(asked) if kind in ("", "help") else []
    order = _order(said, tariff, excluded, [*rounds, *helping], kind)
    if is_corrected and said is asked:  # somebody is called so, or calls a product so: that before what was guessed
        order = Order(order.exact, [], [*order.first, *order.rest])
    invented = frozenset(one.docket for one in on_file if one.is_demo)
    hits, none_at_all = _page(said, order, start, size, invented, with_petitions=kind in ("", "petition"))
    names = similar_names(asked) if none_at_all and asked.words and not called else []
    known = number_address(asked.numbers[0], as_of) if asked.is_number and len(asked.numbers[0]) in LEVELS else ""
    shown = called[0] if called else goods.corrected if goods else ""
    return Results(asked, hits[:size], len(hits) > size, goods, names, start + 1, known, shown)


def _tariff(asked: Asked, as_of: date, *, verbatim: bool) -> tuple[Found | None, list[Hit]]:
    """Return the headings and lines, best first, and how they were found."""
    if not asked.words:
        return None, [hit for number in asked.numbers for hit in _by_number(number, as_of)]
    goods = find_goods(" ".join(asked.words), as_of, headings=HEADINGS, lines=LINES, verbatim=verbatim)
    goods = replace(goods, headings=[one for one in goods.headings if _under(one.number, asked.numbers)])
    headings = [heading_hit(found, as_of) for found in goods.headings]
    ranks = zip_longest(*(found.lines for found in goods.headings[:FIRST]))
    below = (line for rank in ranks for line in rank if line)
    lines = [line_hit(line, as_of, f"In heading {line.number[:4]}.") for line in below if len(line.number) > 4]
    numbered = [hit for number in asked.numbers for hit in _by_number(number, as_of)[:1]]
    return goods, [*numbered, *headings, *lines]


def _under(heading: str, numbers: Sequence[str]) -> bool:
    """Whether the heading is that of one of the numbers, where any was typed."""
    return not numbers or any(heading.startswith(number[:4]) for number in numbers)


def _by_number(number: str, as_of: date) -> list[Hit]:
    """Return the lines on the day whose number begins with the digits, in the schedule's order, the shortest first."""
    lines = lines_of(matching_lines(number, [], as_of)[:MOST_LINES])
    hits = []
    for line in sorted(lines, key=lambda line: (line.level, line.number)):
        why = "This is the number you entered." if line.number == number else "The number begins with these digits."
        hits.append(line_hit(FoundLine(line.number, line.description, line.full_description), as_of, why, within=False))
    return hits


def _asked_outside_tariff(asked: Asked, goods: Found | None) -> Asked:
    """Return the words to search outside the tariff: as typed where the docket contains them, else as corrected."""
    if goods is None or not goods.corrected or PublicPetition.objects.matching(asked.text).exists():
        return asked
    corrected = read_asked(goods.corrected)
    return replace(corrected, numbers=asked.numbers)


def _called(asked: Asked, goods: Found | None) -> list[str]:
    """Return the organizations that are called nearly so, where a word is in no text about goods nor in the docket."""
    if goods is None or goods.corrected or not goods.unknown or PublicPetition.objects.matching(asked.text).exists():
        return []
    return similar_names(asked)


@dataclass(frozen=True)
class Order:
    """What comes before everything, before the first petitions, and between those and the rest of them."""

    exact: list[Hit]
    first: list[Hit]
    rest: list[Hit]


def _order(asked: Asked, tariff: list[Hit], excluded: list[Hit], pages: list[Hit], kind: str) -> Order:
    if kind in ("heading", "line"):
        return Order([], [hit for hit in tariff if hit.kind == kind], [])
    headings = [hit for hit in tariff if hit.kind == "heading"]
    lines = [hit for hit in tariff if hit.kind == "line"]
    exact = first_of(asked, excluded)
    others = [hit for hit in excluded if hit not in exact]
    return Order(
        exact,
        [*pages[:FIRST], *headings[:FIRST], *lines[:FIRST], *others[:FIRST]],
        [*headings[FIRST:], *lines[FIRST:], *others[FIRST:], *pages[FIRST:]],
    )


def _page(
    asked: Asked, order: Order, start: int, size: int, invented: Collection[str], *, with_petitions: bool
) -> tuple[list[Hit], bool]:
    """Return the hits of the page and one more, and whether no petition was found at all.

    `invented` are the dockets of demonstration rounds.
    """
    own = [*order.exact, *order.first, *order.rest]
    if not with_petitions:
        return own[start : start + size + 1], False
    wanted = FIRST + MOST + (max(0, start + size + 1 - len(own)) if start < len(own) + FIRST else 0)
    petitions = petition_hits(asked, 0, wanted, invented)
    exact = first_petitions(asked, petitions, invented, all_there=len(petitions) < wanted)
    before = len(own) + len(exact)
    if start >= before + FIRST:
        return petition_hits(asked, start - before, size + 1, invented, [hit.number for hit in exact]), False
    others = [hit for hit in petitions if hit not in exact]
    everything = [*order.exact, *exact, *order.first, *others[:FIRST], *order.rest, *others[FIRST:]]
    return everything[start : start + size + 1], not petitions
