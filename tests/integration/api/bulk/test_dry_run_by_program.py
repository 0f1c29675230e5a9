"""A program has a sheet checked alone: its errors are told, and no row of it ever becomes a draft."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from exclusions.actions.bulk_sheets.drafting import DRY_RUN
from exclusions.api.bulk.sent import NEITHER
from exclusions.models import BulkSheet, Organization, Petition, Round, User
from tests.integration.api.bulk.test_bulk_by_program import SHEETS, begun, body_of, done
from tests.integration.api.test_own_petitions import Ask

pytestmark = pytest.mark.django_db
CHECKED_ALONE = f"{SHEETS}?dry_run=true"


def sent(ask: Ask, body: dict[str, Any], address: str = CHECKED_ALONE) -> str:
    """Send a sheet to an address; return its own."""
    answer = ask("POST", address, body)
    assert answer.status_code == 202, answer.content
    return f"{SHEETS}{answer.json()['id']}/"


def test_the_errors_of_a_dry_run_are_told_and_nothing_is_drafted(
    ask: Ask, list3: Round, meadowlark: Organization, importer: User, client: Client
) -> None:
    address = sent(ask, body_of(list3, meadowlark, {}, {"product_name": ""}))
    sheet = done(ask, address)
    assert sheet["dry_run"]
    assert (sheet["figures"]["valid"], sheet["figures"]["wrong"]) == (1, 1)
    (wrong,) = ask("GET", f"{address}errors/").json()["results"]
    assert wrong["row"] == 2
    refused = ask("POST", f"{address}accept/", {"wanted": "valid"})
    assert (refused.status_code, refused.json()["detail"]) == (409, DRY_RUN)
    assert not Petition.objects.exists()
    client.force_login(importer)
    page = client.get(reverse("bulk-sheet", args=[BulkSheet.objects.get().pk])).content.decode()
    assert "They never become drafts." in page
    assert 'name="wanted"' not in page


@pytest.mark.parametrize("asked", ["", "?dry_run=false", "?dry_run=0"])
def test_without_it_rows_become_drafts(ask: Ask, list3: Round, meadowlark: Organization, asked: str) -> None:
    address = sent(ask, body_of(list3, meadowlark), f"{SHEETS}{asked}")
    assert not done(ask, address)["dry_run"]
    assert ask("POST", f"{address}accept/", {"wanted": "valid"}).status_code == 202


def test_what_is_neither_is_refused_and_another_of_the_two_is_another_request(
    ask: Ask, list3: Round, meadowlark: Organization
) -> None:
    body = body_of(list3, meadowlark)
    refused = ask("POST", f"{SHEETS}?dry_run=perhaps", body)
    assert refused.status_code == 400
    assert NEITHER in refused.json()["errors"][0]["message"]
    key = {"Idempotency-Key": "once"}
    begun(ask, body, **key)
    assert ask("POST", CHECKED_ALONE, body, **key).status_code == 422
    assert BulkSheet.objects.count() == 1
