"""A round as its page and the API tell it: the rules as sentences, the forms and the legal factors by name."""

from dataclasses import dataclass
from datetime import datetime

from exclusions import criteria
from exclusions.criteria import Criterion
from exclusions.days import in_full
from exclusions.errors import BrokenRound
from exclusions.facts.forms import faults_of, petition_form
from exclusions.models.public import PublicPetition
from exclusions.models.round import Round, RoundOrder
from exclusions.queries.public.deadline_reasons import window_reason
from exclusions.queries.public.rounds import WindowState, window_state

Rule = tuple[str, str]


@dataclass(frozen=True)
class RoundFacts:
    """What the page of a round shows besides its own columns; `list_headings` are list, heading and
    note, where each list has its own. `faults` say why nothing can be filed in a broken one."""

    round: Round
    state: WindowState
    lists: list[str]
    list_headings: list[tuple[str, str, str]]
    form: str
    rules: list[Rule]
    criteria: list[Criterion]
    posted: int
    orders: list[RoundOrder]
    faults: list[str]
    window_reason: str


def all_rounds(at: datetime) -> dict[WindowState, list[Round]]:
    """Return every round by where the moment lies in its window, newest first, with its actions."""
    found: dict[WindowState, list[Round]] = {"open": [], "upcoming": [], "closed": []}
    for round in Round.objects.current().with_actions().order_by("-opens_at", "slug"):
        found[window_state(round, at)].append(round)
    return found


def round_facts(slug: str, at: datetime) -> RoundFacts | None:
    """Return the facts of one round at a moment; None when there is none of that slug."""
    round = Round.objects.current().with_actions().filter(slug=slug).order_by("version").first()
    if round is None:
        return None
    try:
        form = petition_form(round).title
    except BrokenRound:
        form = "Not known"
    orders = orders_of(round)
    return RoundFacts(
        round=round,
        state=window_state(round, at),
        lists=[action.name for action in round.actions.all()],
        list_headings=[(str(action), *round.heading_for(action.code)) for action in round.actions.all()]
        if round.list_headings
        else [],
        form=form,
        rules=rules_in_words(round),
        criteria=known_criteria(round),
        posted=PublicPetition.objects.filter(docket=round.docket).count(),
        orders=orders,
        faults=faults_of(round),
        window_reason=window_reason(round, orders),
    )


def known_criteria(round: Round) -> list[Criterion]:
    """Return the legal factors of a round, in its order, without those that nobody knows."""
    keys = round.criteria if isinstance(round.criteria, list) else []
    return [criteria.get(key) for key in keys if key in criteria.KEYS]


def orders_of(round: Round) -> list[RoundOrder]:
    """Return what was ordered about a round, newest first."""
    return list(RoundOrder.objects.filter(slug=round.slug).select_related("settled_by").order_by("-given_at", "-pk"))


def all_orders() -> dict[str, list[RoundOrder]]:
    """Return what was ordered about each round, by its short name, newest first."""
    found: dict[str, list[RoundOrder]] = {}
    for order in RoundOrder.objects.order_by("-given_at", "-pk"):
        found.setdefault(order.slug, []).append(order)
    return found


@dataclass(frozen=True)
class NewestOrder:
    """An order, and the title of the round that it is about."""

    order: RoundOrder
    title: str


def newest_orders() -> list[NewestOrder]:
    """Return the orders about any round, newest first; two statements."""
    titles = dict(Round.objects.current().values_list("slug", "title"))
    orders = RoundOrder.objects.filter(slug__in=list(titles)).order_by("-given_at", "-pk")
    return [NewestOrder(order, titles[order.slug]) for order in orders]


def rules_in_words(round: Round) -> list[Rule]:
    """Return the clocks and terms of a round as (subject, sentence) pairs."""
    return [
        ("Responses", _responses(round)),
        ("Replies", _replies(round)),
        ("Counting of days", _counting(round)),
        ("Exclusions apply from", _start(round)),
        ("Exclusions apply until", _end(round)),
    ]


def _unit(round: Round, days: int) -> str:
    return f"{days} {round.day_unit} day{'' if days == 1 else 's'}"


def _responses(round: Round) -> str:
    if round.response_days is None:
        return "This round takes no responses to a filing."
    return f"Anyone may respond until {_unit(round, round.response_days)} after a petition is posted, 11:59 p.m. ET."


def _replies(round: Round) -> str:
    if round.reply_days_after_close is None:
        return "This round takes no replies."
    after_close = f"{_unit(round, round.reply_days_after_close)} after the response period closes"
    if round.reply_days_after_response is None:
        return f"The requester may reply until {after_close}, 11:59 p.m. ET."
    after_response = f"{_unit(round, round.reply_days_after_response)} after that response is posted"
    return (
        f"The requester may reply to each response until {after_close} or {after_response}, "
        "whichever is later, 11:59 p.m. ET."
    )


def _counting(round: Round) -> str:
    counted = (
        "Saturdays, Sundays and federal holidays are not counted."
        if round.day_unit == Round.DayUnit.BUSINESS
        else "Every day after it counts."
    )
    rolled = (
        "A last day on a weekend or federal holiday moves to the next business day."
        if round.roll_rule == Round.Roll.NEXT_BUSINESS
        else "A last day on a weekend stays where it is."
    )
    return f"The day of posting is not counted. {counted} {rolled}"


def _start(round: Round) -> str:
    if round.retroactive_rule == Round.Retroactive.PUBLICATION or round.retroactive_from is None:
        return "The date on which the notice is published. They are not retroactive."
    return f"{in_full(round.retroactive_from)}, for goods entered on or after that date."


def _end(round: Round) -> str:
    if round.term_rule == Round.TermRule.ONE_YEAR:
        return "One year after publication of the notice, that day included."
    if round.term_ends_on is None:
        return "The date that the notice gives."
    return f"{in_full(round.term_ends_on)}, that day included."
