"""Is a product inside an exclusion that stands already? Asked when its text is drafted and when its notice goes out.

A second, narrower exclusion beside a broader one lifts no duty, and puts one product under two paragraphs, whose terms
may end on different days. It is refused only where that is certain: the older one covers every day of the new term, and
its text surely means the goods. Whatever is in doubt the drafter sees beside the text, and goes on.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from exclusions.days import span_in_full
from exclusions.facts.exclusions import NamedExclusion, exclusions_of
from exclusions.gateways.tariff.exclusion_item import product_key
from exclusions.models import Decision, ExclusionTerm, Petition, Round
from exclusions.wording import parse
from exclusions.wording.fit import Verdict, fits
from exclusions.wording.named_numbers import is_whole_number, named_codes
from exclusions.wording.said import Goods
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.terms import RetroactiveRule, known_term


@dataclass(frozen=True)
class NewText:
    """A text that is to become an exclusion of one of the `lists` (codes), from `starts_on` through `ends_on`.

    A day that is not known yet is None: a first day that may be any, an end that may never come. `own` are the
    references of the exclusions that are its own case’s.
    """

    text: str
    numbers: tuple[str, ...]
    lists: frozenset[str]
    starts_on: date | None
    ends_on: date | None
    own: frozenset[str] = frozenset()


def drafted(petition: Petition, text: str, number: str, at: datetime) -> NewText:
    """Return a text as drafted for a case; `number` is plain, that of the case's draft."""
    starts_on, ends_on = least_term(petition.round, eastern_date(at))
    lists = frozenset(action.code for action in petition.round.actions.all())
    # A decision that was reopened leaves its exclusion in force until its notice is corrected.
    own = frozenset(Decision.versions.filter(petition=petition).values_list("exclusion__reference", flat=True))
    return NewText(text, numbers_of(text, number), lists, starts_on, ends_on, own)


def least_term(round: Round, today: date) -> tuple[date | None, date | None]:
    """Return the first and last day of an exclusion of a round as far as they are certain before its notice is out."""
    known = known_term(round)
    return today if round.retroactive_rule == RetroactiveRule.PUBLICATION else known.starts_on, known.ends_on


def numbers_of(text: str, number: str = "") -> tuple[str, ...]:
    """Return the plain numbers that a text means: those that it names, and the one given beside it."""
    named = [code.replace(".", "") for code in named_codes(text)]
    return tuple(dict.fromkeys(filter(None, [number, *named])))


def broader_exclusions(new: Collection[NewText]) -> list[NamedExclusion | None]:
    """Return, for each text, the exclusion that covers it whole on every day of its term; None where none surely does.

    Two statements, however many texts there are; none without a number.
    """
    naming = exclusions_of(sorted({number for one in new for number in one.numbers}))
    return [_broader(one, [naming[number] for number in one.numbers]) for one in new]


def _broader(new: NewText, naming: Collection[Iterable[NamedExclusion]]) -> NamedExclusion | None:
    covering = [[named for named in of_number if _covers(named, new)] for of_number in naming]
    everywhere = set.intersection(*({named.reference for named in found} for found in covering)) if covering else set()
    return next((named for found in covering for named in found if named.reference in everywhere), None)


def _covers(named: NamedExclusion, new: NewText) -> bool:
    if named.status != ExclusionTerm.Status.PUBLISHED or named.list_code not in new.lists or not _lasts(named, new):
        return False
    if named.reference in new.own or product_key(named.text) == product_key(new.text):
        return False  # one product is one exclusion, which a grant joins
    if named.whole_number:
        return True
    if is_whole_number(new.text):
        return False
    return fits(parse(named.text), Goods(new.text)).verdict is Verdict.YES


def _lasts(named: NamedExclusion, new: NewText) -> bool:
    """Whether term, text and number of the exclusion hold on every day of the new term."""
    if new.starts_on is None or named.valid_from is None:
        return False
    spans = (
        (named.valid_from, named.valid_to),
        (named.text_from, named.text_to),
        (named.number_from, named.number_to),
    )
    return all(
        (first is None or first <= new.starts_on)
        and (last is None or (new.ends_on is not None and new.ends_on <= last))
        for first, last in spans
    )


def in_words(named: NamedExclusion) -> str:
    """Return what a broader exclusion takes out, and when it is in force, to follow its reference or “which”."""
    what = "excludes the whole number" if named.whole_number else f"has the broader text “{named.text}”"
    assert named.valid_from is not None  # `_lasts`
    return f"{what}, in force {span_in_full(named.valid_from, named.valid_to)}"


def inside_refusals(text: NewText) -> list[str]:
    """Say that a text is inside an exclusion that covers it already, and what to do; [] where none surely does."""
    (named,) = broader_exclusions([text])
    if named is None:
        return []
    said = "This text is inside an exclusion that covers every day of the new one"
    left = "Draft what it leaves out, or propose to close the case as covered."
    return [f"{said}: {named.reference} {in_words(named)}. {left}"]
