"""Historical cases in the store, without a docket's file."""

from datetime import date
from typing import Any

from exclusions.actions.store.cases import store_docket
from exclusions.models import Petition, StoredCase


def store_historical(reference: str, **changes: Any) -> StoredCase:
    """Store a historical case, denied unless the changes say otherwise; return it. Its docket is in its reference."""
    facts = {
        "requester": "Blue Water Kayaks",
        "hts10": "8903100060",
        "product": "Inflatable Kayak",
        "posted_on": date(2019, 6, 30),
        "stage": "denied",
    }
    store_docket([{"reference": reference, **facts, **changes}], docket=reference.rpartition("-")[0])
    return StoredCase.objects.get(reference=reference)


def store_like(petition: Petition, docket: str, number: int = 1, **changes: Any) -> StoredCase:
    """Store a historical case of the same product and number as a petition."""
    same = {"hts10": petition.hts10, "product": petition.product_name}
    return store_historical(f"{docket}-{number:04d}", **{**same, **changes})
