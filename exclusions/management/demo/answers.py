"""Answers to the forms of the demonstration round: complete, and with figures that are nobody's."""

from typing import Any

from exclusions.facts.forms import petition_form
from exclusions.management.demo.people import COMPANIES, DOMAIN, FIRM
from exclusions.management.demo.products import Product
from exclusions.models import Round
from exclusions.questionnaires.samples import sample_petition

_BY_NAME = {account.name: account for account in COMPANIES}


def petition_answers(
    product: Product, round: Round, company: str, *, through_firm: bool, available: bool
) -> dict[str, Any]:
    """Return the petition of a company, by its account, for a product.

    `available` says that others can supply it, which weighs against it.
    """
    account = _BY_NAME[company]
    first, last = account.full_name.split(" ", 1)
    answers = sample_petition(petition_form(round)) | {
        "org_legal_name": account.company,
        **_contact("requester", first, last, account.email),
        "is_small_business": "yes",
        "hts10": product.number,
        "product_name": product.name,
        "product_description": product.description,
        "product_function": product.function,
        "unique_features": product.features,
        "available_us_explanation": "Nobody makes it in the United States. We searched the trade directory and sent "
        "three inquiries.",
        "available_third_country_explanation": "We asked makers in Vietnam and Mexico. None has the tools for this "
        "product.",
        "sourcing_attempts": f"Northern Forge Works quoted {len(product.name) + 31} percent above our present price.",
        "sourcing_attempts_ground": "profitability",
        "sourcing_attempts_summary": "We asked four makers in three countries. One quoted, at too high a price.",
        "purchases": _purchases(product, round, available),
        "severe_harm_explanation": "The duty exceeds our margin. A third of our people work on this product line.",
    }
    if available:
        answers |= {
            "available_us": "yes",
            "available_us_explanation": "Two plants make it, at twice our quantity.",
            "available_third_country": "yes",
            "available_third_country_explanation": "Japan and Germany supply it.",
            "only_china": "no",
        }
    if product.cas:
        name, number, share = product.cas
        answers["chemical_constituents"] = [{"name": name, "cas": number, "content": share}]
    return answers | (_firm() if through_firm else {})


def _firm() -> dict[str, str]:
    return {
        "is_third_party": "yes",
        "third_party_type": "law_firm",
        "third_party_name": FIRM,
        **_contact("third_party", "Finn", "Calloway", f"filer@{DOMAIN}"),
    }


def _contact(who: str, first: str, last: str, email: str) -> dict[str, str]:
    return {
        f"{who}_first_name": first,
        f"{who}_last_name": last,
        f"{who}_street_1": "1 Orchard Lane",
        f"{who}_city": "Dayton",
        f"{who}_state": "OH",
        f"{who}_zip": "45402",
        f"{who}_country": "US",
        f"{who}_email": email,
        f"{who}_phone": "+1 937-555-0142",
    }


def _purchases(product: Product, round: Round, available: bool) -> dict[str, Any]:
    base = 1_000_000 + sum(ord(letter) for letter in product.name) * 173
    table: dict[str, Any] = {"unit": "number"}
    for origin, share in (("china", 1), ("third_country", 0), ("united_states", 1 if available else 0)):
        table[origin] = {
            period: {"value": str((base + 217_003 * place) * share), "quantity": str((21_500 + 1_903 * place) * share)}
            for place, period in enumerate(round.purchase_periods)
        }
    return table


def response_answers(company: str, position: str, text: str) -> dict[str, Any]:
    """Return a response of a company that supports or opposes a petition."""
    opposes = position == "oppose"
    answers: dict[str, Any] = {
        "org_legal_name": company,
        "responder_first_name": "Lou",
        "responder_last_name": "Bannister",
        "responder_email": f"lou@{company.split()[0].lower()}.example",
        "responder_phone": "+1 202-555-0143",
        "is_third_party": "no",
        "relationship": "us_producer" if opposes else "purchaser",
        "position": position,
        "explanation": text,
        "makes_product": "yes" if opposes else "no",
        "certify_complete": "yes",
        "certify_confidential": "yes",
    }
    if opposes:
        answers |= {
            "product_likeness": "identical",
            "own_product": "The same product, in all the dimensions that the petition names.",
            "plant_address": "1 Quarry Road, Elberton, GA 30635",
            "available_now": "yes",
        }
    return answers


def reply_answers(text: str) -> dict[str, Any]:
    """Return the requester's reply."""
    return {"text": text, "certify_complete": "yes"}
