"""A program sends a sheet of petitions and follows it to the references of all, as a person does on its pages."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from zeal import zeal_ignore

from exclusions.actions.bulk_sheets.certifying import NOT_READ
from exclusions.actions.bulk_sheets.proving import BUSY
from exclusions.actions.bulk_sheets.sheets import company_keys
from exclusions.actions.filing.petitions import save_answers
from exclusions.api.bulk.acts import OTHERS
from exclusions.models import BulkCertificate, BulkRow, BulkSheet, Organization, Petition, Round, User
from exclusions.queries.importer.bulk_templates import template_of
from exclusions.queries.record.record_check import breaks
from exclusions.workflow.states import Status
from tests.factories.answers import CERTIFIED, petition_answers
from tests.factories.importer.bulk_sheets import make_sheet, table_of
from tests.integration.api.test_own_petitions import Ask
from tests.integration.api.test_problems import problem_of
from tests.integration.importer.bulk_sheets.test_tables_taken_in import as_text, filled

pytestmark = pytest.mark.django_db
SHEETS = "/api/v1/petitions/bulk/"


def company(round: Round) -> dict[str, Any]:
    """Return the company's part."""
    answers = petition_answers()
    return {key: answers[key] for key in company_keys(round) if key in answers}


def rows_of(round: Round, *changes: dict[str, Any]) -> list[dict[str, Any]]:
    """Return rows as a program sends them: what is empty is left out."""
    table = table_of(round, *changes)
    named = (zip(table.headings, row.cells, strict=True) for row in table.rows)
    return [{heading: text for heading, text in row if text} for row in named]


def body_of(round: Round, organization: Organization, *changes: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "round": round.slug,
        "organization": str(organization.pk),
        "company": company(round),
        "rows": rows_of(round, *(changes or ({},))),
        **more,
    }


def begun(ask: Ask, body: dict[str, Any], **headers: str) -> str:
    """Begin a sheet; return its address."""
    answer = ask("POST", SHEETS, body, **headers)
    assert answer.status_code == 202, answer.content
    assert answer.json()["state"] == "checking"
    address = f"{SHEETS}{answer.json()['id']}/"
    if "Idempotent-Replayed" not in answer:
        assert answer["Location"] == address
    return address


def done(ask: Ask, address: str) -> dict[str, Any]:
    """Ask for a sheet until its work is done, without a worker; return it."""
    sheet: dict[str, Any] = {"state": ""}
    with zeal_ignore():  # each row is checked, made a draft and filed by itself
        while sheet["state"] != "checked":
            sheet = ask("GET", address).json()
    return sheet


def drafted(ask: Ask, address: str, wanted: str = "all") -> dict[str, Any]:
    """Accept rows, and have their drafts checked; return the sheet."""
    done(ask, address)
    accepted = ask("POST", f"{address}accept/", {"wanted": wanted})
    assert (accepted.status_code, accepted.json()["state"]) == (202, "drafting"), accepted.content
    done(ask, address)
    checked = ask("POST", f"{address}check/")
    assert (checked.status_code, checked.json()["state"], checked.json()["digest"]) == (202, "proving", None)
    return done(ask, address)


def consent(sheet: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """Return what the person sends to certify what a sheet showed."""
    keys = [one["key"] for one in sheet["certifications"]]
    return {"digest": sheet["digest"], "was_read": True, "certified": keys, **changes}


def states(ask: Ask, address: str) -> list[str]:
    return [row["state"] for row in ask("GET", f"{address}petitions/").json()["results"]]


@pytest.mark.both_databases("The same actions under locks, within the transaction of the kept answer.")
def test_a_sheet_goes_from_rows_to_filed_petitions(ask: Ask, list3: Round, meadowlark: Organization) -> None:
    changes = ({"product_name": "Slabs"}, {"product_name": ""}, {"product_name": "Tiles"})
    address = begun(ask, body_of(list3, meadowlark, *changes))
    sheet = done(ask, address)
    assert sheet["figures"] == {"rows": 3, "waiting": 0, "valid": 2, "wrong": 1, "drafts": 0}
    assert (sheet["company_problems"], sheet["remarks"]) == ([], [])
    (wrong,) = ask("GET", f"{address}errors/").json()["results"]
    assert (wrong["row"], wrong["name"]) == (2, "5")
    (fault,) = [one for one in wrong["faults"] if one["is_error"]]
    assert (fault["heading"], fault["typed"]) == ("product_name", "")
    assert fault["message"]
    assert fault["remedy"]
    ready = drafted(ask, address, "valid")
    assert (ready["figures"]["drafts"], ready["progress"]["ready"]) == (2, 2)
    assert states(ask, address) == ["ready", "ready"]
    certified = ask("POST", f"{address}certify/", consent(ready))
    assert certified.status_code == 202, certified.content
    assert (certified.json()["count"], certified.json()["left_out"]) == (2, [])
    assert certified.json()["sheet"]["state"] == "filing"
    assert certified.json()["sha256"] == BulkCertificate.objects.get(pk=certified.json()["certificate"]).sha256
    assert done(ask, address)["progress"]["filed"] == 2
    filed = ask("GET", f"{address}petitions/").json()["results"]
    assert [(row["state"], row["product_name"], row["row"]) for row in filed] == [
        ("filed", "Slabs", 1),
        ("filed", "Tiles", 3),
    ]
    petitions = Petition.objects.filter(status=Status.SUBMITTED).order_by("reference")
    assert [row["reference"] for row in filed] == [petition.reference for petition in petitions]
    assert {key: petitions[0].versions.get().answers[key] for key in CERTIFIED} == CERTIFIED
    assert list(breaks()) == []
    assert [row["id"] for row in ask("GET", SHEETS).json()["results"]] == [ready["id"]]
    assert ask("DELETE", address).status_code == 204
    assert (BulkSheet.objects.count(), Petition.objects.count()) == (0, 2)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_file_is_taken_in_as_the_page_takes_it(
    kind: str, ask: Ask, list3: Round, meadowlark: Organization, importer: User, at: Any
) -> None:
    template = make_sheet(list3, meadowlark, importer, at)
    content = as_text(table_of(list3, {})).encode() if kind == "csv" else filled(template)

    def body() -> dict[str, Any]:
        sent = body_of(list3, meadowlark, file=SimpleUploadedFile(f"rows.{kind}", content))
        del sent["rows"], sent["company"]
        return {**sent, "company": json.dumps(company(list3))}

    key = {"Idempotency-Key": "the-file"}
    address = begun(ask, body(), **key)
    assert begun(ask, body(), **key) == address
    other = {**body(), "file": SimpleUploadedFile(f"rows.{kind}", content + b"\n")}
    problem_of(ask("POST", SHEETS, other, **key), 422)
    ready = drafted(ask, address)
    assert ask("POST", f"{address}certify/", consent(ready)).status_code == 202
    assert done(ask, address)["progress"]["filed"] == 1


def test_answers_of_many_rows_are_lists_and_columns_of_ones_own_are_told(
    ask: Ask, list3: Round, meadowlark: Organization
) -> None:
    (column, *_) = template_of(list3).tables["earlier_requests"]
    answers = [{column.heading: "USTR-2018-0025-000001"}]
    body = body_of(list3, meadowlark, {"has_earlier_requests": "yes"})
    body["rows"][0] |= {"earlier_requests": answers, "our_colour": "Grey", "our_note": None}
    sheet = done(ask, begun(ask, body))
    assert "our_colour, our_note" in sheet["remarks"][0]
    assert "product_name" in sheet["headings"]
    assert BulkRow.objects.get().tables == {"earlier_requests": answers}
    for wrong in (["USTR-2018-0025-000001"], [{column.heading: "a\0"}]):
        body["rows"][0]["earlier_requests"] = wrong
        assert "this is no JSON list of objects" in problem_of(ask("POST", SHEETS, body), 422)["detail"]


def test_nothing_is_certified_that_was_not_shown(
    ask: Ask, list3: Round, meadowlark: Organization, importer: User, at: Any
) -> None:
    address = begun(ask, body_of(list3, meadowlark, {"product_name": "Slabs"}, {"product_name": "Tiles"}))
    seen = drafted(ask, address)
    act = f"{address}certify/"
    few = problem_of(ask("POST", act, consent(seen, was_read=False, certified=[])), 422)
    assert {error["pointer"] for error in few["errors"] if error["field"]} == {"/was_read", "/certified"}
    assert NOT_READ in [error["message"] for error in few["errors"]]
    tiles = Petition.objects.get(product_name="Tiles")
    save_answers(tiles, answers={"product_name": "Other tiles"}, by=importer, at=at)
    assert problem_of(ask("POST", act, consent(seen)), 409)["detail"] == OTHERS
    assert not BulkCertificate.objects.exists()
    now = ask("GET", address).json()
    assert now["digest"] != seen["digest"]
    assert states(ask, address) == ["ready", "unchecked"]
    key = {"Idempotency-Key": "certify-once"}
    given = ask("POST", act, consent(now), **key)
    assert (given.status_code, given.json()["count"], given.json()["left_out"]) == (202, 1, ["Other tiles"])
    again = ask("POST", act, consent(now), **key)
    assert (again.json(), again["Idempotent-Replayed"]) == (given.json(), "true")
    assert problem_of(ask("POST", act, consent(now)), 409)["detail"] == BUSY
    assert done(ask, address)["progress"]["filed"] == 1
    assert states(ask, address) == ["filed", "unchecked"]
    assert BulkCertificate.objects.count() == 1


def test_a_key_begins_one_sheet_and_no_other(ask: Ask, list3: Round, meadowlark: Organization) -> None:
    body, key = body_of(list3, meadowlark), {"Idempotency-Key": "the-sheet"}
    assert begun(ask, body, **key) == begun(ask, body, **key)
    problem_of(ask("POST", SHEETS, {**body, "rows": [{"product_name": "Other"}]}, **key), 422)
    assert BulkSheet.objects.count() == 1
