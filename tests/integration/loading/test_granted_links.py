"""Historical grants are linked to the exclusion that they led to, on both pages, as dockets and exclusions load."""

import gzip
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from exclusions.actions.loading.granted_links import link_grants
from exclusions.models import Exclusion, PublicPetition, TariffAction
from exclusions.workflow.states import Stage
from tests.factories.facts import make_round
from tests.factories.public import make_public
from tests.loads import loaded
from tests.unit.gateways.test_exclusion_table import table

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 25, 15, 0, tzinfo=UTC)


@pytest.fixture
def grant(tmp_path: Path) -> PublicPetition:
    """A grant of List 1 for breast pumps, and the exclusion of 20(i)(5)."""
    call_command("load_exclusions", str(table(tmp_path)), stdout=StringIO(), stderr=StringIO())
    make_round("list-1", docket="USTR-2018-0025").actions.set(TariffAction.objects.filter(code="1"))
    return make_public(
        1, docket="USTR-2018-0025", stage=Stage.GRANTED, product_name="Breast Pump", posted_on=date(2018, 8, 1)
    )


def test_a_grant_is_linked_once_and_shown_on_both_pages(grant: PublicPetition, client: Client) -> None:
    assert (link_grants(at=NOW), link_grants(at=NOW)) == (1, 0)
    grant.refresh_from_db()
    exclusion = Exclusion.objects.get()
    assert (grant.exclusion, grant.exclusion_confidence) == (exclusion, "high")
    page = " ".join(client.get(f"/docket/{grant.reference}/").content.decode().split())
    assert "This petition led to exclusion" in page
    assert f"/exclusions/{exclusion.reference}/" in page
    page = " ".join(client.get(f"/exclusions/{exclusion.reference}/").content.decode().split())
    assert "Petitions that led to it" in page
    assert "(high confidence, by number, day and words)" in page
    body = client.get(f"/api/v1/docket/{grant.reference}/").json()
    assert body["led_to"] == {"exclusion": exclusion.reference, "confidence": "high"}


def test_what_was_published_before_the_petition_was_posted_led_to_nothing(grant: PublicPetition) -> None:
    PublicPetition.objects.filter(pk=grant.pk).update(posted_on=date(2019, 4, 1))
    assert link_grants(at=NOW) == 0


def test_a_denial_and_a_petition_filed_here_are_left_alone(grant: PublicPetition) -> None:
    PublicPetition.objects.filter(pk=grant.pk).update(historical=False)
    make_public(2, docket="USTR-2018-0025", stage=Stage.DENIED, product_name="Breast Pump", posted_on=date(2018, 8, 1))
    assert link_grants(at=NOW) == 0


def test_the_grants_of_list_3_are_linked_where_it_is_plain(shared_data: Path, tmp_path: Path) -> None:
    """The real grants with the real exclusions; how many are linked is measured here."""
    for command in ("load_shipped --lists-alone", "load_rounds"):
        loaded(command)
    loaded("load_exclusions", shared_data / "ch99/exclusions_note20_2026_rev6.csv.gz")
    with gzip.open(
        shared_data / "petitions/ustr_2019_0005_list3_requests.csv.gz", "rt", encoding="utf-8-sig"
    ) as stream:
        heading, *lines = stream.readlines()
    path = tmp_path / "granted.csv"
    path.write_text("".join([heading, *(line for line in lines if ",Granted," in line or '"Granted"' in line)]))
    call_command("load_docket", str(path), docket="USTR-2019-0005", skip_bad=True, stdout=StringIO(), stderr=StringIO())
    grants = PublicPetition.objects.filter(stage=Stage.GRANTED)
    linked = grants.exclude(exclusion=None)
    shares = {
        confidence: linked.filter(exclusion_confidence=confidence).count() / grants.count()
        for confidence in ("high", "medium")
    }
    assert grants.count() > 1_400
    assert shares["high"] > 0.4, shares
    assert shares["medium"] > 0.1, shares
    print(shares, grants.count())  # noqa: T201
    for petition in linked.order_by("pk")[::50]:
        assert petition.exclusion.texts.filter(numbers__number=petition.hts10).exists()
