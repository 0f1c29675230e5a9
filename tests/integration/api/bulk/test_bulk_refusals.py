"""What a program may not do with bulk sheets: the sentences of the page, at their places in the body."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from exclusions.actions.bulk_sheets.certifying import NONE_READY
from exclusions.actions.bulk_sheets.drafting import COMPANY_FIRST, NONE_LEFT, UNCHECKED
from exclusions.actions.bulk_sheets.proving import BUSY, NO_DRAFTS
from exclusions.actions.bulk_sheets.tables import NO_ROWS, UNMARKED
from exclusions.actions.people import authorizations
from exclusions.api.bulk.owned import NONE
from exclusions.api.bulk.sent import NO_TEXT, NOT_KEPT, TAKEN
from exclusions.gateways.bulk_sheets.reading import NOT_TEXT, TOO_WIDE
from exclusions.models import Authorization, BulkCertificate, BulkSheet, Organization, Petition, Round, User
from tests.conftest import Clock
from tests.factories.importer.bulk_sheets import make_sheet, table_of
from tests.integration.api.bulk.test_bulk_by_program import (
    SHEETS,
    begun,
    body_of,
    company,
    consent,
    done,
    drafted,
    states,
)
from tests.integration.api.test_own_petitions import Ask, asks
from tests.integration.api.test_problems import problem_of
from tests.integration.importer.bulk_sheets.test_tables_taken_in import as_text

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("change", "pointer", "says"),
    [
        ({"rows": [{"product_name": True}]}, "/rows/0/product_name", NO_TEXT),
        ({"rows": [{}, {"product_name": 1.5}]}, "/rows/1/product_name", NO_TEXT),
        ({"rows": [{"product_name": "a\0b"}]}, "/rows/0/product_name", NOT_KEPT),
        ({"rows": [{"product_name": "\ud800"}]}, "/rows/0/product_name", NOT_KEPT),
        ({"rows": [{"product_name": ["Slab"]}]}, "/rows/0/product_name", NO_TEXT),
        ({"rows": [{"row": " Example"}]}, "/rows/0/row", TAKEN),
        ({"rows": [{f"own-{one}": "x" for one in range(251)}]}, "/rows", TOO_WIDE),
        ({"company": {"product_name": "Slab"}}, "/company/product_name", "asks nothing called product_name"),
        ({"round": "none"}, "/round", "No round of this name is open"),
        ({"organization": "00000000-0000-4000-8000-000000000000"}, "/organization", "may not file for"),
    ],
)
def test_what_is_wrong_with_a_body_is_refused_at_its_place_and_nothing_is_begun(
    change: dict[str, Any], pointer: str, says: str, ask: Ask, list3: Round, meadowlark: Organization
) -> None:
    refused = problem_of(ask("POST", SHEETS, {**body_of(list3, meadowlark), **change}), 400)
    (error,) = refused["errors"]
    assert error["pointer"] == pointer
    assert says in error["message"]
    assert not BulkSheet.objects.exists()


def test_a_table_as_a_whole_is_refused_by_the_sentences_of_the_page_and_nothing_is_begun(
    ask: Ask, list3: Round, meadowlark: Organization
) -> None:
    assert problem_of(ask("POST", SHEETS, body_of(list3, meadowlark, rows=[])), 422)["detail"] == NO_ROWS
    body = body_of(list3, meadowlark, company="{}")
    del body["rows"]

    def sent(content: bytes) -> Any:
        return ask("POST", SHEETS, {**body, "file": SimpleUploadedFile("rows.csv", content)})

    assert problem_of(sent(as_text(table_of(list3, {}, marked=False)).encode()), 422)["detail"] == UNMARKED
    refused = problem_of(sent(b"%PDF-\xff\xfe\xfa\x00"), 422)
    assert (refused["errors"][-1]["field"], refused["errors"][-1]["message"]) == ("file", NOT_TEXT)
    assert not BulkSheet.objects.exists()


def test_what_cannot_be_yet_is_refused_by_the_sentences_of_the_page(
    ask: Ask, list3: Round, meadowlark: Organization
) -> None:
    gaps = begun(ask, body_of(list3, meadowlark, {"product_name": ""}, company=dict.fromkeys(company(list3), "")))
    accept = {"wanted": "all"}
    assert problem_of(ask("POST", f"{gaps}accept/", accept), 409)["detail"] == UNCHECKED
    assert problem_of(ask("POST", f"{gaps}check/"), 409)["detail"] == BUSY
    assert done(ask, gaps)["company_problems"]
    assert problem_of(ask("POST", f"{gaps}accept/", accept), 422)["detail"] == COMPANY_FIRST
    whole = begun(ask, body_of(list3, meadowlark, {"product_name": ""}))
    sheet = done(ask, whole)
    assert problem_of(ask("POST", f"{whole}accept/", {"wanted": "valid"}), 422)["detail"] == NONE_LEFT
    wrong = problem_of(ask("POST", f"{whole}accept/", {"wanted": "some"}), 400)
    assert wrong["errors"][0]["pointer"] == "/wanted"
    assert "Choose the rows without errors" in wrong["detail"]
    assert problem_of(ask("POST", f"{whole}check/"), 422)["detail"] == NO_DRAFTS
    assert problem_of(ask("POST", f"{whole}certify/", consent(sheet)), 422)["detail"] == NONE_READY
    failed = drafted(ask, whole)
    (row,) = ask("GET", f"{whole}petitions/").json()["results"]
    assert (row["state"], failed["progress"]["failed"]) == ("failed", 1)
    assert row["problems"]


ADDRESSES = (
    ("GET", ""), ("DELETE", ""), ("GET", "errors/"), ("GET", "petitions/"), ("POST", "accept/"), ("POST", "check/"),
    ("POST", "certify/"),
)  # fmt: skip


def test_nobody_else_finds_it_and_each_scope_opens_what_it_says(
    ask: Ask, list3: Round, meadowlark: Organization, rival: User, reviewer1: User, importer: User, clock: Clock
) -> None:
    address = begun(ask, body_of(list3, meadowlark))
    for other in (rival, reviewer1):
        theirs = asks(other, clock)
        for method, what in ADDRESSES:
            assert problem_of(theirs(method, f"{address}{what}", {}), 404)["detail"] == NONE
        assert theirs("GET", SHEETS).json()["results"] == []
        assert "may not file for" in problem_of(theirs("POST", SHEETS, body_of(list3, meadowlark)), 400)["detail"]
    reads = asks(importer, clock, "petitions:read")
    assert reads("GET", address).status_code == 200
    for method, what in (("DELETE", ""), ("POST", "accept/"), ("POST", "check/")):
        assert "petitions:write" in problem_of(reads(method, f"{address}{what}"), 403)["detail"]
    writes = asks(importer, clock, "petitions:read", "petitions:write")
    assert "petitions:certify" in problem_of(writes("POST", f"{address}certify/"), 403)["detail"]
    assert BulkSheet.objects.count() == 1


def test_a_firm_whose_authorization_has_ended_is_told_so(
    filer: User, importer: User, meadowlark: Organization, list3: Round, clock: Clock, at: Any
) -> None:
    firm = Organization.objects.get(memberships__user=filer)
    sheet = make_sheet(list3, meadowlark, filer, at, firm)
    theirs = asks(filer, clock)
    assert theirs("GET", f"{SHEETS}{sheet.pk}/").status_code == 200
    authorizations.revoke(Authorization.objects.get(filer=firm), by=importer, at=clock.now)
    for method, what in ADDRESSES:
        refused = problem_of(theirs(method, f"{SHEETS}{sheet.pk}/{what}", {}), 403)
        assert "no longer covers" in refused["detail"]
    assert theirs("GET", SHEETS).json()["results"] == []


def test_what_became_of_a_draft_is_told_and_a_closed_window_ends_it(
    ask: Ask, list3: Round, meadowlark: Organization, clock: Clock, at: Any
) -> None:
    address = begun(ask, body_of(list3, meadowlark, {}, {"product_name": "Tiles"}))
    ready = drafted(ask, address)
    clock.move_to(at.replace(month=12))
    refused = problem_of(ask("POST", f"{address}certify/", consent(ready)), 409)
    assert refused["errors"][0]["message"]
    assert not BulkCertificate.objects.exists()
    Petition.objects.get(product_name="Tiles").delete()
    assert states(ask, address) == ["ready", "deleted"]


def test_a_session_opens_no_sheet(ask: Ask, list3: Round, meadowlark: Organization, importer: User) -> None:
    address = begun(ask, body_of(list3, meadowlark))
    client = Client()
    client.force_login(importer)
    assert client.get(address).status_code == 401
