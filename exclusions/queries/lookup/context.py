"""What an exclusion is an exception to: the actions, their rates, the purchases that were agreed, the goods trade."""

from collections.abc import Sequence
from datetime import date
from functools import cache

from exclusions.charts.bars import bars
from exclusions.charts.lines import Point, lines
from exclusions.days import in_full, within
from exclusions.gateways.tariff.context_facts import Covered, Trade, context_facts
from exclusions.gateways.tariff.other_duties import other_duties
from exclusions.hts import dotted
from exclusions.models.tariff import ActionRate
from exclusions.queries.lookup.sheets import Drawn, Sheet

YEARS = (2020, 2021)
REVIEW = "FYR"  # its rates differ by heading, so that one line would say nothing
UNKNOWN = Covered(None, "", "", "")


def context_sheets(as_of: date) -> list[Sheet]:
    """Return every sheet of the page, rates as of the day. One statement: rates are those on file."""
    rates = list(ActionRate.objects.select_related("action").order_by("action__position", "valid_from", "heading"))
    return [_actions(rates, as_of), _rates(rates, as_of), _commitments(), _purchases(), _trade(), _beside()]


def _actions(rates: Sequence[ActionRate], as_of: date) -> Sheet:
    covered = context_facts().covered
    actions = {rate.action.code: rate.action for rate in rates}
    rows = []
    for code, action in actions.items():
        fact = covered.get(code, UNKNOWN)
        now = [rate for rate in rates if rate.action.code == code and _holds(rate, as_of)]
        rows.append(
            (
                action.name,
                fact.trade,
                fact.lines or None,
                action.effective_on or "Never in effect",
                ", ".join(sorted({f"{rate.pct.normalize():f}%" for rate in now}, key=_figure)) or "None",
                action.citation,
                fact.source or None,
            )
        )
    drawn = [
        (f"List {code}", [covered[code].trade or 0.0], f"${covered[code].trade:g} bn")
        for code in actions
        if covered.get(code, UNKNOWN).trade is not None
    ]
    return Sheet(
        "actions",
        "The tariff actions",
        ("Action", "Trade a year when announced, $ billion", "Tariff lines then", "In effect from",
         "Additional duty on the day", "Notice", "Source of the figures"),
        rows,
        says="Each action adds a duty to Chinese goods under named tariff numbers. An exclusion frees one product from "
        "that duty.",
        charts=(
            Drawn("covered", "Annual trade that each action covers, as announced, in billions of dollars",
                  "List 4B never took effect.", bars=bars(drawn)),
        ),
        empty="No tariff list is loaded.",
    )  # fmt: skip


def _rates(rates: Sequence[ActionRate], as_of: date) -> Sheet:
    """Every rate with its days; the drawing follows the main rate of each action up to the day."""
    series = []
    for code in dict.fromkeys(rate.action.code for rate in rates):
        own = [rate for rate in rates if rate.action.code == code and rate.kind == ActionRate.Kind.WHOLE]
        points = _steps(own, as_of) if code != REVIEW else []
        if points:
            series.append((f"List {code}" if own[0].action.reach == "lines" else "Forced labor", points))
    years = range(min((rate.valid_from.year for rate in rates), default=as_of.year), as_of.year + 1)
    names = [(float(date(year, 1, 1).toordinal()), str(year)) for year in years]
    return Sheet(
        "rates",
        "Rates over time",
        ("Heading", "Action", "Additional duty", "From", "Through", "Covers", "Source"),
        [
            (
                dotted(rate.heading),
                rate.action.name,
                float(rate.pct),
                rate.valid_from,
                rate.valid_to or "No end set",
                rate.get_kind_display() if not rate.goods else f"Only {rate.goods}",
                rate.source or None,
            )
            for rate in rates
        ],
        says="Percent of the value of the goods, on top of the general rate of duty. First and last day are included.",
        percent=frozenset({"Additional duty"}),
        charts=(
            Drawn("rates", "Additional duty of each action over time, in percent",
                  f"Through {in_full(as_of)}. Lists 1, 2 and 3 share one line at 25%. We leave out the four-year "
                  "review, because its rates differ by heading.",
                  lines=lines(series, names, stepped=True, unit="%")),
        ),
        empty="No tariff list is loaded.",
    )  # fmt: skip


@cache
def _commitments() -> Sheet:
    facts = context_facts()
    rows = [
        (
            row.sector,
            row.base,
            *(figure for year in YEARS for figure in (row.above[year], round(row.base + row.above[year], 1), None)),
            row.base_confidence,
        )
        for row in facts.commitments
    ]
    drawn = [
        (
            row.sector,
            [row.above[year] for year in YEARS],
            f"${sum(row.above.values()):.1f} bn",
        )
        for row in facts.commitments
    ]
    heads = (head for year in YEARS for head in (f"Above 2017, {year}", f"Promised, {year}", f"Bought, {year}"))
    return Sheet(
        "commitments",
        "Phase One purchases by sector",
        ("Sector", "Bought in 2017", *heads, "Confidence of 2017"),
        rows,
        says="In the agreement of January 15, 2020, China promised to buy more U.S. goods and services than in 2017. "
        "Figures are in billions of dollars.",
        notes=(
            f"“Above 2017”: {facts.purchases.agreement}. {facts.purchases.base_source}. “Promised” is the sum of both.",
            "The source does not give purchases by sector and year. The next table shows all sectors together.",
        ),
        charts=(
            Drawn("sectors", "Purchases above 2017 that China promised, by sector, in billions of dollars",
                  "Each bar shows both years together.", bars=bars(drawn, tuple(str(year) for year in YEARS))),
        ),
    )  # fmt: skip


@cache
def _purchases() -> Sheet:
    facts = context_facts().purchases
    whole = round(sum(facts.committed.values()), 1)
    share = round(100 * facts.bought / whole)
    rows = [(f"Promised, {year}", facts.committed[year], facts.source) for year in YEARS]
    rows.append(("Promised, both years", whole, "the sum of both"))
    rows.append(("Bought, both years", facts.bought, facts.source))
    return Sheet(
        "purchases",
        "Phase One purchases: promised and bought",
        ("All sectors", "$ billion", "Source"),
        rows,
        says=f"China promised ${whole:g} billion for 2020 and 2021, and bought ${facts.bought:g} billion: {share}%.",
        charts=(
            Drawn("bought", "Purchases promised and bought in 2020 and 2021, in billions of dollars", "",
                  bars=bars([("Promised", [whole], f"${whole:g} bn"),
                             ("Bought", [facts.bought], f"${facts.bought:g} bn, {share}%")])),
        ),
    )  # fmt: skip


@cache
def _trade() -> Sheet:
    facts = context_facts().trade
    years = [(float(row.period), row.balance) for row in facts if row.period.isdigit()]
    names = [(year, f"{year:.0f}") for year, _ in years]
    return Sheet(
        "trade",
        "Trade in goods with China",
        ("Period", "Exports", "Imports", "Balance", "Confidence", "Source"),
        [_trade_row(row) for row in facts],
        says="Figures are in billions of dollars. A balance below zero is a U.S. deficit.",
        notes=("Releases for one year differ by a few billion dollars. The source column says which one we used.",),
        charts=(
            Drawn("balance", "Balance of trade in goods with China by year, in billions of dollars",
                  "Gaps are years for which no source gives a figure.", lines=lines([("", years)], names)),
        ),
    )  # fmt: skip


def _trade_row(row: Trade) -> tuple[str | float | None, ...]:
    return (row.period, row.exports, row.imports, row.balance, row.confidence or None, row.source or None)


@cache
def _beside() -> Sheet:
    return Sheet(
        "other-duties",
        "Other duties on Chinese goods since 2018",
        ("Duty", "Heading", "Rate", "From", "Through", "Source"),
        [
            (
                duty.what,
                duty.heading or "By order",
                duty.rate or None,
                duty.valid_from,
                duty.valid_to or ("No end on file" if duty.valid_from else None),
                duty.source,
            )
            for duty in other_duties()
        ],
        says="An exclusion frees a product only from the Section 301 duty of its list. These duties still apply. "
        "They are not counted here.",
    )


def _steps(rates: Sequence[ActionRate], as_of: date) -> list[Point]:
    """Return the main rate of an action, step by step to the day: of headings that run side by side, that of the
    first.
    """
    if not rates:
        return []
    main = [rate for rate in rates if rate.heading == rates[0].heading and rate.valid_from <= as_of]
    points: list[Point] = [(float(rate.valid_from.toordinal()), float(rate.pct)) for rate in main]
    if points:
        points.append((float(as_of.toordinal()), points[-1][1]))
    return points


def _holds(rate: ActionRate, as_of: date) -> bool:
    in_force_then = within(as_of, rate.valid_from, rate.valid_to)
    return in_force_then and rate.kind not in (ActionRate.Kind.SUSPENDED, ActionRate.Kind.IN_TRANSIT)


def _figure(printed: str) -> float:
    return float(printed.rstrip("%"))
