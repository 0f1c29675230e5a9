"""Petitions without a private part, as a loaded docket has them: on the public side, or in the staff's store."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from exclusions.actions.store.cases import store_docket
from exclusions.models import Petition, PublicPetition, StoredCase
from exclusions.workflow.states import Stage

EASTERN = ZoneInfo("America/New_York")


def make_public(number: int, **changes: object) -> PublicPetition:
    """Return a public petition of the List 3 docket; `number` makes its reference and its posting day."""
    fields: dict[str, object] = {
        "docket": "USTR-2019-0005",
        "organization_name": "Meadowlark Infant Care LLC",
        "hts10": "8413810040",
        "product_name": "Breast pumps",
        "stage": Stage.DENIED,
        "posted_on": date(2019, 7, 1) + timedelta(days=number % 60),
        "historical": True,
        "updated_at": datetime(2019, 7, 8, 10, 0, tzinfo=EASTERN),
    }
    fields["reference"] = f"USTR-2019-0005-{number:06d}"
    return PublicPetition.objects.create(**{**fields, **changes})


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
