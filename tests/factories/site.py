"""A small public site with something on every list of the API, more than a page of each, and every date that may lack.

Nothing private stands behind it: these are the rows that a public door reads.
"""

from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from exclusions.models import (
    Exclusion,
    ExclusionNumber,
    ExclusionTerm,
    ExclusionText,
    PublicDocument,
    PublicPetition,
    PublicResponse,
    Tombstone,
)
from exclusions.workflow.states import Stage
from tests.factories.facts import make_round
from tests.factories.public import make_public
from tests.factories.tariff import LIST_1, MADE, cover, exclude, follow, make_edition, make_lists

EASTERN = ZoneInfo("America/New_York")
DECIDED, TAKEN_DOWN, WHOLE_NUMBER = "USTR-2019-0005-000001", "USTR-2019-0005-900001", "8413810040"
MANY = 60  # rows a list: more than a page


def make_site() -> None:
    """Make rounds, an edition with lists, the registry, and a docket with a decided, an undated and a lost petition."""
    actions = make_lists()
    for place in range(MANY):
        opens = datetime(2019, 6, 30, 12, tzinfo=EASTERN) + timedelta(days=place // 3)
        make_round(f"round-{place}", docket=f"USTR-2019-1{place:03}", opens_at=opens)
    make_round("covid", docket="USTR-2020-0014", response_days=None, retroactive_rule="publication",
               retroactive_from=None, term_rule="notice", term_ends_on=None, purchase_periods=[])  # fmt: skip
    pumps = [
        (f"8413{81 + place // 100}{place % 100:02}{place % 7:02}", f"Pumps: Kind {place}") for place in range(MANY)
    ]
    make_edition(date(2018, 1, 1), ("84138100", "Pumps"), *pumps, (WHOLE_NUMBER, "Pumps: Breast pumps"))
    cover(actions["1"], "84138100", "99038801", LIST_1)
    follow("8413810010", WHOLE_NUMBER, date(2018, 1, 1))
    follow(WHOLE_NUMBER, "8413810099")
    for place in range(MANY):
        exclude(actions["1"], f"84138100{place % 100:02}", LIST_1 if place % 2 else None, None, text=f"Kind {place}")
    _reworded(actions["1"].pk)
    _docket()


def _reworded(action: int) -> None:
    """An exclusion with two wordings and two terms under different headings, one of them pending."""
    exclusion = Exclusion.objects.create(
        reference="L1-REWORDED", action_id=action, product_key="f" * 64, created_at=MADE
    )
    for version, first in ((1, None), (2, date(2019, 5, 1))):
        text = ExclusionText.objects.create(
            exclusion=exclusion, version=version, text=f"Version {version}", whole_number=version == 2, valid_from=first
        )
        ExclusionNumber.objects.create(text=text, number=WHOLE_NUMBER, valid_from=first)
    ExclusionTerm.objects.create(
        exclusion=exclusion, heading="99038806", note="i", valid_from=LIST_1, valid_to=date(2020, 3, 25),
        published_on=date(2019, 3, 25), authority="84 FR 11152",
    )  # fmt: skip
    ExclusionTerm.objects.create(exclusion=exclusion, heading="99038867", status=ExclusionTerm.Status.PENDING)


def _docket() -> None:
    for place in range(2, MANY):
        make_public(place, posted_on=date(2019, 7, 1) + timedelta(days=place // 20), stage=Stage.values[place % 7])
    for place in range(MANY, MANY + 4):
        make_public(place, posted_on=None, response_closes_at=None)
    at = datetime(2019, 7, 8, 10, tzinfo=EASTERN)
    decided = make_public(
        1, posted_on=date(2019, 7, 2), decided_on=date(2019, 9, 2), response_closes_at=at, reply_closes_at=at,
        stage=Stage.GRANTED, exclusion=Exclusion.objects.get(reference="L1-REWORDED"), rationale="Not made here.",
        answers=[{"step": "product", "key": "product_name", "label": "Product", "value": "Breast pumps"}],
        findings=[{"criterion": "availability", "title": "Availability", "result": "Met", "reasons": "Not made here."}],
        denial_codes=[{"code": "DR1", "reason": "Made here."}],
    )  # fmt: skip
    _responses(decided, at)
    Tombstone.objects.create(reference=TAKEN_DOWN, taken_down_at=at)


def _responses(petition: PublicPetition, at: datetime) -> None:
    answer = {"step": "position", "key": "position", "label": "Position", "value": "Oppose"}
    for number, replied in ((1, at), (2, None)):
        PublicResponse.objects.create(
            reference=f"{petition.reference}-R{number:03}", petition=petition, organization_name="Granite Coast",
            position="oppose", answers=[answer], posted_at=at, reply_closes_at=replied, replied_at=replied,
            reply_answers=[answer] if replied else [],
        )  # fmt: skip
    PublicDocument.objects.create(
        petition=petition, key=UUID(int=1), file_name="catalog.pdf", content_type="application/pdf", size=1000,
        sha256="0" * 64, storage_key="public/1", scan="clean",
    )  # fmt: skip
