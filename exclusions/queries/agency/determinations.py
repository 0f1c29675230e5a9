"""What a determination stands on: the action it concerns, the product it names, the findings as they are now."""

from typing import Any

from exclusions import criteria
from exclusions.facts.coverage import coverage
from exclusions.facts.filing_day import filing_day
from exclusions.facts.rounds import covers
from exclusions.gateways.tariff.exclusion_item import product_key
from exclusions.models import Exclusion, Finding, Petition, ProductDraft, TariffAction
from exclusions.queries.agency.evidence import citable


def current_findings(petition: Petition) -> dict[str, Finding]:
    """Return the latest finding of each criterion of the round that has one, in the round's order."""
    made = petition.findings.select_related("made_by").order_by("made_at", "pk")
    latest = {finding.criterion: finding for finding in made}
    return {key: latest[key] for key in petition.round.criteria if key in latest}


def findings_snapshot(petition: Petition) -> list[dict[str, Any]]:
    """Return the current findings as a decision keeps them: public words only, never a confidential note."""
    words = citable(petition)
    return [
        {
            "criterion": key,
            "title": criteria.get(key).title,
            "result": finding.result,
            "result_label": criteria.RESULTS[finding.result],
            "reasons": finding.reasons,
            "citations": [words[citation] for citation in finding.citations if citation in words],
        }
        for key, finding in current_findings(petition).items()
    ]


def latest_draft(petition: Petition) -> ProductDraft | None:
    """Return the last version of the product text, or None."""
    return petition.drafts.order_by("-version").first()


def action_of(petition: Petition, number: str = "") -> TariffAction | None:
    """Return the action of the round that covered the number on the filing date, the round's only one when it has one.

    `number` is plain, 10 digits; the petition's own when empty. None: the number is on no list of the round.
    """
    actions = list(petition.round.actions.order_by("position", "code"))
    if len(actions) == 1:
        return actions[0]
    covering = coverage(number or petition.hts10, filing_day(petition.submitted_at, petition.created_at))
    return next((action for action in actions if covers({action.code}, covering)), None)


def same_exclusion(action: TariffAction, text: str) -> Exclusion | None:
    """Return the action's exclusion that already has this product, or None: one exclusion answers many petitions."""
    found = Exclusion.objects.filter(action=action)
    # A corrected wording is the product's too, though the key is still that of the first one.
    worded = found.filter(texts__text=text, texts__superseded_by=None).order_by("pk").first()
    return worded or found.filter(product_key=product_key(text)).order_by("pk").first()
