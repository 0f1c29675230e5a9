"""Do shares that are parts of one whole stay within it?"""

from collections.abc import Iterator, Mapping

from exclusions.checks.result import Answers, CheckResult, Facts, Form, error, warning

NEARLY_ALL = 90


def check(form: Form, answers: Answers, facts: Facts) -> Iterator[CheckResult]:
    """Errors above 100 percent; a warning when the constituents of a chemical leave much unsaid."""
    rows = answers.get("chemical_constituents")
    shares = [_number(row.get("content")) for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []
    known = [share for share in shares if share is not None]
    if known and sum(known) > 100:
        yield error(
            "chemical_constituents", f"The constituents add up to {sum(known):g} percent.", "They cannot exceed 100."
        )
    elif known and len(known) == len(shares) and sum(known) < NEARLY_ALL:
        yield warning(
            "chemical_constituents",
            f"The constituents add up to {sum(known):g} percent.",
            "Name what the rest consists of.",
        )
    final, used = _number(answers.get("final_sales_share")), _number(answers.get("input_sales_share"))
    if final is not None and used is not None and final + used > 100:
        yield error(
            "input_sales_share",
            "The product and what you make with it add up to more than 100 percent of your sales.",
            "Check both percentages. Each is a share of the same year's gross sales.",
        )


def _number(text: object) -> float | None:
    if not isinstance(text, str) or not text.isascii() or not text.replace(".", "", 1).isdigit():
        return None
    return float(text)
