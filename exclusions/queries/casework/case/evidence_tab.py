"""What the tab of evidence adds to answers and responses: purchases as a table, claim and rebuttal, warnings."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from exclusions import checks
from exclusions.checks.purchase_figures import figures
from exclusions.checks.result import Facts
from exclusions.facts.coverage import Coverage
from exclusions.models import Response
from exclusions.queries.casework.case.case_page import CasePage
from exclusions.queries.casework.case.evidence import AnswerStep
from exclusions.queries.casework.case.passages import SHORT, excerpt
from exclusions.queries.casework.case.purchases import Purchases, purchases
from exclusions.queries.casework.case.responses import PrintedResponse

CLAIMS = (
    "available_us",
    "available_us_explanation",
    "available_third_country",
    "available_third_country_explanation",
    "sourcing_attempts_summary",
    "only_china",
)
ASKED = ("makes_product", "product_likeness", "available_now", "annual_capacity", "lead_time", "substitute")


@dataclass(frozen=True)
class Rebuttal:
    """What one response says on availability, by question, and what the requester replied.

    `share` is its capacity a year in percent of what the requester bought in the last full year, where both count in
    one unit; None where that cannot be told. It comes of confidential figures.
    """

    response: Response
    said: dict[str, str]
    text: str
    share: int | None
    replies: list[str]


@dataclass(frozen=True)
class EvidenceTab:
    """`claims` are (label, words); `warnings` (label, sentence) of what the filer was told to look at again."""

    purchases: Purchases | None
    claims: list[tuple[str, str]]
    rebuttals: list[Rebuttal]
    warnings: list[tuple[str, str]]


def evidence_tab(page: CasePage, duty: list[Coverage]) -> EvidenceTab:
    """Return what the tab adds, of what the page has read anyhow; no statement. `duty`: that of the number, all days.

    Purchases, shares of need and warnings are for who reads the whole case.
    """
    whole, keys = page.confidential, page.form.labels.keys()
    since = min((item.valid_from for item in duty if item.in_force), default=None)
    table = purchases(page.form.question("purchases"), page.answers, since) if whole and "purchases" in keys else None
    lines = [line for step in page.steps for line in step.lines]
    return EvidenceTab(
        table,
        [(line.label, excerpt(line.value, SHORT)) for key in CLAIMS for line in lines if line.key == key],
        [_rebuttal(said, page) for said in page.responses if said.response.status == Response.Status.POSTED],
        _warnings(page) if whole else [],
    )


def _rebuttal(said: PrintedResponse, page: CasePage) -> Rebuttal:
    words = _values_by_question(said.steps)
    return Rebuttal(
        said.response,
        {key: excerpt(words[key], SHORT) for key in ASKED if key in words},
        excerpt(words.get("explanation", ""), SHORT),
        _share(said.response.answers, page.answers) if page.confidential else None,
        [
            excerpt(_values_by_question(reply.steps).get("text", ""), SHORT)
            for reply in said.replies
            if not reply.withheld
        ],
    )


def _values_by_question(steps: list[AnswerStep]) -> dict[str, str]:
    return {line.key: line.value for step in steps for line in step.lines}


def _share(response: Mapping[str, Any], answers: Mapping[str, Any]) -> int | None:
    capacity, bought = response.get("annual_capacity"), answers.get("purchases")
    if not isinstance(capacity, Mapping) or not isinstance(bought, Mapping) or not capacity.get("unit"):
        return None
    counted = [figure for figure in figures(answers) if "-" not in figure.period]
    year = max((figure.period for figure in counted), default="")
    need = sum(figure.quantity or 0 for figure in counted if figure.period == year)
    amount = str(capacity.get("quantity") or "")
    if capacity["unit"] != bought.get("unit") or not need or not (amount.isascii() and amount.isdigit()):
        return None
    return round(100 * int(amount) / need)


def _warnings(page: CasePage) -> list[tuple[str, str]]:
    """Return what the checks say of the answers alone; what the tariff says of the number has a tab of its own."""
    names = [page.petition.organization.legal_name]
    firm = page.petition.filer_organization
    facts = Facts(names=(*names, *([firm.legal_name] if firm else [])))
    found = checks.warnings(page.form, page.answers, facts)
    return [(page.form.labels.get(one.key, ""), one.sentence) for one in found if not one.leak]
