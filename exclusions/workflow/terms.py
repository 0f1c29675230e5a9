"""From when to when a granted exclusion applies, and until when its duty can come back. Pure date arithmetic."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

from exclusions.workflow.deadlines import one_year_after

PSC_DAYS_AFTER_ENTRY = 300
PSC_DAYS_BEFORE_LIQUIDATION = 15
LIQUIDATION_DAYS_AFTER_ENTRY = 314
PROTEST_DAYS_AFTER_LIQUIDATION = 180


class RetroactiveRule(StrEnum):
    """Where an exclusion of a round begins."""

    FIXED = "fixed"  # the effective date of the action, or the opening of the docket
    PUBLICATION = "publication"


class TermRule(StrEnum):
    """Where an exclusion of a round ends."""

    ONE_YEAR = "one_year_after_publication"
    FIXED = "fixed"
    NOTICE = "notice"


@dataclass(frozen=True)
class Term:
    """The days of an exclusion, both inclusive; None where the notice itself must say."""

    starts_on: date | None
    ends_on: date | None


def exclusion_term(
    published_on: date,
    *,
    retroactive_rule: str,
    retroactive_from: date | None,
    term_rule: str,
    term_ends_on: date | None,
) -> Term:
    """Return the term of an exclusion published in the Federal Register on that date.

    A round that is not retroactive (89 FR 83755) begins at publication; every other begins on the date
    its record carries. "One year after publication" is the same month and day of the next year, through
    which the exclusion still applies. ValueError for an unknown rule or when the dates run backwards.
    """
    starts_on = published_on if RetroactiveRule(retroactive_rule) == RetroactiveRule.PUBLICATION else retroactive_from
    ends_on = one_year_after(published_on) if TermRule(term_rule) == TermRule.ONE_YEAR else term_ends_on
    if starts_on and ends_on and ends_on < starts_on:
        raise ValueError(f"An exclusion from {starts_on} cannot end on {ends_on}. Check the publication date.")
    return Term(starts_on, ends_on)


class HasTermRules(Protocol):
    """A round, as far as it says from when to when its exclusions apply."""

    retroactive_rule: str
    retroactive_from: date | None
    term_rule: str
    term_ends_on: date | None


def known_term(round: HasTermRules) -> Term:
    """Return the days of an exclusion that are known before its notice; None for those that only the notice gives."""
    starts_on = round.retroactive_from if RetroactiveRule(round.retroactive_rule) == RetroactiveRule.FIXED else None
    return Term(starts_on, round.term_ends_on if TermRule(round.term_rule) == TermRule.FIXED else None)


@dataclass(frozen=True)
class RefundGuide:
    """The dates by which an importer can ask Customs for duty paid on one entry.

    `correction_by`: post summary correction; `liquidation_on`: real, or what to expect; `protest_by`: last day
    of a protest. `estimated` says that the liquidation is a guess and so are the dates that hang on it.
    """

    correction_by: date
    liquidation_on: date
    protest_by: date
    estimated: bool


def refund_guide(entered_on: date, liquidated_on: date | None = None) -> RefundGuide:
    """Return the refund dates of an entry summary of that date.

    A correction may be sent within 300 days of entry and up to 15 days before liquidation, whichever is
    earlier; a protest within 180 days after liquidation (19 CFR 174.12). Without a liquidation date the
    usual 314 days after entry are assumed. ValueError when liquidation is before entry.
    """
    if liquidated_on is not None and liquidated_on < entered_on:
        raise ValueError("The liquidation date is before the entry date. Check both dates.")
    liquidation = liquidated_on or entered_on + timedelta(days=LIQUIDATION_DAYS_AFTER_ENTRY)
    correction = min(
        entered_on + timedelta(days=PSC_DAYS_AFTER_ENTRY),
        liquidation - timedelta(days=PSC_DAYS_BEFORE_LIQUIDATION),
    )
    protest = liquidation + timedelta(days=PROTEST_DAYS_AFTER_LIQUIDATION)
    return RefundGuide(max(correction, entered_on), liquidation, protest, liquidated_on is None)
