"""Public petitions without a private part, as a loaded docket has them."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from exclusions.models import PublicPetition
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
    return PublicPetition.objects.create(reference=f"USTR-2019-0005-{number:06d}", **{**fields, **changes})
