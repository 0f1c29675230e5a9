"""Valid answers to the List 3 petition form, with confidential values that are easy to look for in a leak test."""

from typing import Any

from exclusions.questionnaires import get
from exclusions.questionnaires.samples import sample_petition

# No public page, mail, log line or index may ever hold one of these.
SECRETS = ("Wanda Whisper", "wanda.whisper@example.test", "7071234", "7072345", "7073456", "Hidden Supplier Works")

CERTIFIED = {"certify_complete": "yes", "certify_confidential": "yes"}


def purchases(periods: tuple[str, ...] = ("2017", "2018", "2019-Q1")) -> dict[str, Any]:
    """Return a purchases table with an amount in every cell; China's are among SECRETS."""
    china = ("7071234", "7072345", "7073456")
    return {
        "unit": "kg",
        "china": {period: {"value": value, "quantity": "1200"} for period, value in zip(periods, china, strict=False)},
        "third_country": {period: {"value": "0", "quantity": "0"} for period in periods},
        "united_states": {period: {"value": "0", "quantity": "0"} for period in periods},
    }


def petition_answers(**changes: Any) -> dict[str, Any]:
    """Return answers that may be filed for 6810.99.0010 in the List 3 round; changes override."""
    return {
        **sample_petition(get("petition-2019")),
        "requester_first_name": "Wanda",
        "requester_last_name": "Whisper",
        "requester_street_1": "1 Orchard Lane",
        "requester_city": "Dayton",
        "requester_state": "OH",
        "requester_zip": "45402",
        "requester_email": "wanda.whisper@example.test",
        "requester_phone": "+1 937-555-0142",
        "hts10": "6810990010",
        "product_name": "Agglomerated quartz slabs",
        "product_description": (
            "Slabs of agglomerated quartz, of a length of 300 cm or more, a width of 140 cm or more and a thickness of "
            "20 mm, polished on one face, of a weight of 150 kg to 220 kg."
        ),
        "product_function": "Cut to size and used as work surfaces for changing tables in hospitals.",
        "unique_features": "Free of crystalline silica dust after cutting; one face polished to a gloss of 60 or more.",
        "sourcing_attempts": "Hidden Supplier Works quoted twice the price in May 2019.",
        "sourcing_attempts_ground": "profitability",
        "sourcing_attempts_summary": "One producer outside China quoted a price at which the product cannot be sold.",
        "purchases": purchases(),
        "revenue": {"2018": "9000000", "2018-Q1": "2200000", "2019-Q1": "2300000"},
        **changes,
    }


def filer_answers(**changes: Any) -> dict[str, Any]:
    """Return the same petition as a law firm files it for its client."""
    return petition_answers(
        is_third_party="yes",
        third_party_type="law_firm",
        third_party_name="Harbor and Vale LLP",
        third_party_first_name="Finn",
        third_party_last_name="Filer",
        third_party_street_1="2 K Street NW",
        third_party_city="Washington",
        third_party_state="DC",
        third_party_zip="20006",
        third_party_country="US",
        third_party_email="finn.filer@example.test",
        third_party_phone="+1 202-555-0177",
        **changes,
    )


# What a maker in Georgia answers, who opposes.
RESPONSE_ANSWERS: dict[str, Any] = {
    "org_legal_name": "Granite Coast Surfaces",
    "responder_first_name": "Lou",
    "responder_last_name": "Secretive",
    "responder_email": "lou.secretive@example.test",
    "responder_phone": "+1 202-555-0143",
    "is_third_party": "no",
    "relationship": "us_producer",
    "position": "oppose",
    "explanation": "We make slabs of agglomerated quartz in Georgia and have idle capacity.",
    "makes_product": "yes",
    "product_likeness": "identical",
    "own_product": "Slabs of agglomerated quartz, 300 cm by 140 cm by 2 cm.",
    "plant_address": "1 Quarry Road, Elberton, GA 30635",
    "available_now": "yes",
    "certify_complete": "yes",
}
