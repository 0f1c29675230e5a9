"""Do the answers on availability agree with each other and with the purchases?"""

from collections.abc import Iterator

from exclusions.checks.purchase_figures import totals
from exclusions.checks.result import Answers, CheckResult, Facts, Form, error, warning


def check(form: Form, answers: Answers, facts: Facts) -> Iterator[CheckResult]:
    """An error when nowhere has it and yet not only China; warnings for what a reviewer would ask about."""
    us, third = answers.get("available_us"), answers.get("available_third_country")
    only_china = answers.get("only_china")
    if only_china == "no" and us == "no" and third == "no":
        yield error(
            "only_china",
            "You say that the product is not available only from China, but also that nobody else supplies it.",
            "Change one of the three answers. If nobody else supplies it, it is available only from China.",
        )
    if only_china == "yes" and "yes" in (us, third):
        yield warning(
            "only_china",
            "You say that the product is available only from China, but also that others supply it or the like.",
            "Explain above why the other products are not comparable, or change an answer.",
        )
    if only_china == "yes" and answers.get("sourcing_attempted") == "no":
        yield warning(
            "sourcing_attempted",
            "You say that only China supplies the product, but also that you did not look elsewhere.",
            "Reviewers look for attempts. Explain above how you know.",
        )
    yield from _against_purchases(answers, us, third)


def _against_purchases(answers: Answers, us: object, third: object) -> Iterator[CheckResult]:
    bought = totals(answers)
    bought_us, bought_third = bought["united_states"], bought["third_country"]
    for key, answer, amount, where in (
        ("available_us", us, bought_us, "US"),
        ("available_third_country", third, bought_third, "third-country"),
    ):
        if answer == "no" and amount:
            yield warning(
                key,
                f"You say there are no {where} sources, but your purchases include {where} product.",
                "Explain the purchases, or change the answer.",
            )
    if bought_third and not answers.get("third_countries"):
        yield warning(
            "third_countries",
            "Your purchases include third-country product, but you name no country.",
            "Name the countries.",
        )
