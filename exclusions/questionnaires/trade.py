"""Step D of the petition: purchases, revenue and what the product is to the business. All of it confidential."""

from collections.abc import Sequence
from functools import partial

from exclusions.questionnaires.language.condition import Answered, AnyOf, Is, Not, OneOf
from exclusions.questionnaires.language.periods import Period, last_full_year
from exclusions.questionnaires.language.question import Choice, Kind, Origin, Question, Step, Visibility

STEP = Step(
    "trade",
    "Trade and business data",
    "Everything on this page is business confidential. We keep it apart and never publish it.",
)
CHINA, THIRD_COUNTRY, UNITED_STATES = "china", "third_country", "united_states"
_ask = partial(Question, step=STEP.key, visibility=Visibility.CONFIDENTIAL)
ASSOCIATION = Is("relationship", "industry_association")
HAS_REVENUE = AnyOf((Not(ASSOCIATION), Is("revenue_applicable", "yes")))


def origins(*, others_required: bool) -> tuple[Origin, ...]:
    """China, third countries and the United States; the last two were new in the June 2019 form."""
    return (
        Origin(CHINA, "Made in China"),
        Origin(THIRD_COUNTRY, "Made in third countries", others_required),
        Origin(UNITED_STATES, "Made in the United States", others_required),
    )


def purchase_questions(
    periods: Sequence[Period], *, others_required: bool, step: str = STEP.key, required: bool = True
) -> tuple[Question, ...]:
    """D1 to D5: value and quantity of purchases by origin and period in one unit, how sure, from whom.

    Where they are not required, a table that is begun must still be completed.
    """
    ask = partial(_ask, step=step)
    return (
        ask(
            key="purchases",
            number="D1-D3",
            label="Purchases of the product",
            help=(
                "Enter value in whole US dollars and quantity, for the product as described and no other. Enter 0 "
                "where you bought none. Use one unit for the whole table. The unit of the tariff schedule is best."
            ),
            kind=Kind.PURCHASES,
            required=required,
            origins=origins(others_required=others_required),
            periods=tuple(periods),
            unit="USD",
            source="TH-0619, CM-1019, CM-0619",
            ground="S",
        ),
        ask(
            key="third_countries",
            number="D2",
            label="Third countries the product was bought from",
            kind=Kind.TEXT,
            max_length=1000,
            source="CM-0619",
            ground="D",
        ),
        ask(
            key="has_estimates",
            number="D4",
            label="Is any of these figures an estimate?",
            kind=Kind.YES_NO,
            required=required or Answered("purchases"),
            source="K",
            ground="K",
        ),
        ask(
            key="estimates_explanation",
            number="D4",
            label="Which figures are estimates, and why",
            kind=Kind.LONG_TEXT,
            max_length=5000,
            shown_if=Is("has_estimates", "yes"),
            required=True,
            source="K",
            ground="K",
        ),
        ask(
            key="related_supplier",
            number="D5",
            label="Was any of it bought from a related company?",
            kind=Kind.YES_NO,
            source="K",
            ground="K",
        ),
        ask(
            key="related_supplier_details",
            number="D5",
            label="Which company, and how it is related",
            kind=Kind.LONG_TEXT,
            max_length=5000,
            shown_if=Is("related_supplier", "yes"),
            required=True,
            source="K",
            ground="K",
        ),
    )


def revenue_questions(periods: Sequence[Period], *, required: bool) -> tuple[Question, ...]:
    """D6: gross revenue. An association, which may have none, first says whether the question applies to it."""
    return (
        _ask(
            key="revenue_applicable",
            number="D6",
            label="Does the association itself have gross revenue to report?",
            help="If not, we skip the questions on revenue and shares of sales.",
            kind=Kind.YES_NO,
            shown_if=ASSOCIATION,
            required=required,
            source="TH-0619",
            ground="D",
        ),
        _ask(
            key="revenue",
            number="D6",
            label="Gross revenue of the company",
            help="In whole US dollars.",
            kind=Kind.REVENUE,
            shown_if=HAS_REVENUE,
            required=required,
            periods=tuple(periods),
            unit="USD",
            source="TH-0619, TH-1019",
            ground="S",
        ),
    )


def share_questions(periods: Sequence[Period], *, required: bool) -> tuple[Question, ...]:
    """D7 to D9: sold as such or used as input, and what share of sales or cost hangs on it (last full year)."""
    year = last_full_year(periods)
    final, used = OneOf("product_role", ("final", "both")), OneOf("product_role", ("input", "both"))
    percent = partial(_ask, kind=Kind.PERCENT, unit="%", required=required, help="From 0 to 100.")
    return (
        _ask(
            key="product_role",
            number="D7",
            label="Is the product sold as a final product or used as an input?",
            kind=Kind.CHOICE,
            choices=(
                Choice("final", "Sold as a final product"),
                Choice("input", "Used as an input in other products"),
                Choice("both", "Both"),
            ),
            shown_if=HAS_REVENUE,
            required=required,
            source="K",
            ground="K",
        ),
        percent(
            key="final_sales_share",
            number="D8",
            label=f"Share of total {year} gross sales that the Chinese product accounts for",
            shown_if=final,
            source="TH-0619",
            ground="S",
        ),
        percent(
            key="input_cost_share",
            number="D9",
            label="Share of the total cost of the final products that this input accounts for",
            shown_if=used,
            source="TH-0619",
            ground="S",
        ),
        percent(
            key="input_sales_share",
            number="D9",
            label=f"Share of total {year} gross sales that those final products account for",
            shown_if=used,
            source="TH-0619",
            ground="K",
        ),
    )
