"""A program reads the confidential values in public answers of a sheet, and settles them by its person's statement."""

import pytest

from exclusions.actions.bulk_sheets.leaks import OTHER_ROWS
from exclusions.actions.filing.confidentiality import NOTHING_THERE
from exclusions.models import LeakSettlement, Organization, Round, User
from tests.integration.api.bulk.test_bulk_by_program import begun, body_of, done, drafted
from tests.integration.api.test_own_petitions import Ask

pytestmark = pytest.mark.django_db
WANDA = {"unique_features": "Wanda Whisper glazes the polished face of each slab by hand."}
WHY = "She signs each slab, and her name stands in our catalog."


def test_a_program_settles_a_value_in_many_rows_by_one_statement(
    ask: Ask, list3: Round, meadowlark: Organization, importer: User
) -> None:
    address = begun(ask, body_of(list3, meadowlark, {}, WANDA, WANDA))
    assert done(ask, address)["figures"]["wrong"] == 2
    first, second = ask("GET", f"{address}leaks/").json()["results"]
    assert (first["row"], second["row"]) == (2, 3)
    assert first["leak"] == second["leak"]
    assert first["question"] == "unique_features"
    assert "Wanda Whisper" in first["excerpt"]
    sent = {"leak": first["leak"], "rows": [2, 3], "statement": WHY, "revision": first["revision"]}
    settled = ask("POST", f"{address}settle/", sent)
    assert (settled.status_code, settled.json()["state"]) == (202, "checking"), settled.content
    assert done(ask, address)["figures"]["wrong"] == 0
    assert ask("GET", f"{address}leaks/").json()["results"] == []
    assert drafted(ask, address)["progress"]["ready"] == 3
    kept = LeakSettlement.objects.all()
    assert [(one.statement, one.stated_by, one.place) for one in kept] == [(WHY, importer, "unique_features")] * 2


def test_the_same_key_settles_once(ask: Ask, list3: Round, meadowlark: Organization) -> None:
    address = begun(ask, body_of(list3, meadowlark, WANDA))
    done(ask, address)
    (leak,) = ask("GET", f"{address}leaks/").json()["results"]
    sent = {"leak": leak["leak"], "rows": [1], "statement": WHY, "revision": leak["revision"]}
    for replayed in (False, True):
        answer = ask("POST", f"{address}settle/", sent, **{"Idempotency-Key": "settle-once"})
        assert (answer.status_code, "Idempotent-Replayed" in answer) == (202, replayed)


def test_what_the_page_refuses_the_program_is_refused_in_the_same_words(
    ask: Ask, list3: Round, meadowlark: Organization
) -> None:
    address = begun(ask, body_of(list3, meadowlark, {}, WANDA))
    done(ask, address)
    (leak,) = ask("GET", f"{address}leaks/").json()["results"]
    sent = {"leak": leak["leak"], "rows": [2], "statement": WHY, "revision": leak["revision"]}
    for changes, code, said in (
        ({"rows": [1, 2]}, 422, f"Line 1: {NOTHING_THERE}"),
        ({"revision": leak["revision"] + 1}, 409, OTHER_ROWS),
        ({"statement": ""}, 422, "statement"),
        ({"rows": []}, 422, "rows"),
    ):
        answer = ask("POST", f"{address}settle/", {**sent, **changes})
        assert (
            answer.status_code,
            said in answer.json()["errors"][0]["message"] or said in answer.content.decode(),
        ) == (code, True)
    assert not LeakSettlement.objects.exists()
