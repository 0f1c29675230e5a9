"""Rows that an old process wrote without a seal: two administrators seal them, and the record says so for good."""

from datetime import datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse

from exclusions.actions.people import proposals
from exclusions.errors import WrongState
from exclusions.models import Event, Organization, User, seals
from exclusions.queries.record.late_seals import KEY, SUBJECT, unsealed
from exclusions.queries.record.record_check import breaks
from tests.conftest import Clock
from tests.factories.cast import SignedIn
from tests.factories.people import by_two, written_without_seal

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases("Each database prints a row its own way.")]
WHY = "The node that was forgotten went on for a minute."


def said(command: str) -> str:
    out = StringIO()
    call_command(command, stdout=out, stderr=out)
    return out.getvalue()


def test_they_are_listed_sealed_by_two_and_named_for_good(admin: User, second_admin: User, clock: Clock) -> None:
    assert said("list_unsealed").strip() == "Every row has its seal."
    written_without_seal("Old Process LLC")
    written_without_seal("Older Process LLC")
    found = list(breaks())
    assert len(found) == 2
    assert all(one.startswith("exclusions_organization: row ") and one.endswith(" has no seal.") for one in found)
    with pytest.raises(CommandError, match="2 break"):
        call_command("verify_record", stderr=StringIO())
    assert set(found) <= set(said("list_unsealed").splitlines())
    assert "2 rows (2 of organization) without a seal" in said("list_unsealed")
    by_two("seal_late", KEY, people=(admin, second_admin), at=clock.now, reason=WHY)
    assert unsealed() == []
    told = f"2 rows were sealed late on {clock.now:%Y-%m-%d} by {admin} and {second_admin}: {WHY}"
    assert said("verify_record").splitlines() == [told, "The record is whole."]
    assert told in said("list_unsealed")
    event = Event.objects.filter(subject=SUBJECT).latest("sequence")
    assert (event.kind, event.data["rows"], event.reason) == ("seal_late", 2, WHY)


def test_nothing_is_proposed_where_every_row_has_its_seal(admin: User, clock: Clock) -> None:
    with pytest.raises(WrongState, match="Every row has its seal"):
        proposals.propose("seal_late", KEY, by=admin, at=clock.now, reason=WHY)


def test_a_row_that_was_changed_after_its_seal_is_no_late_one(admin: User, clock: Clock) -> None:
    written_without_seal()
    Organization.objects.update(legal_name="Changed LLC")  # by the product: it seals
    with pytest.raises(WrongState, match="Every row has its seal"):
        proposals.propose("seal_late", KEY, by=admin, at=clock.now, reason=WHY)


def test_a_late_seal_that_no_two_persons_let_be_is_a_break() -> None:
    written_without_seal()
    (row,) = unsealed()
    seals.add(connection, [(row.table, row.key, row.digest, row.shape, "late:7")])
    assert list(breaks()) == ["1 row was sealed late, and no two persons let that be."]


def test_the_page_shows_them_to_administrators(admin: User, second_admin: User, filer: User, at: datetime) -> None:
    page = reverse("staff-seals")
    assert "Every row has its seal." in SignedIn(admin).get(page).content.decode()
    assert SignedIn(filer).get(page).status_code == 404
    written_without_seal()
    shown = SignedIn(admin).get(page).content.decode()
    assert "1 without a seal" in shown
    assert "organization: 1" in shown
    sent = SignedIn(admin).post(page, {"reason": ""})
    assert sent.status_code in {200, 422}
    assert SignedIn(admin).post(page, {"reason": WHY}).status_code == 302
    assert "Waits for a second person" in SignedIn(second_admin).get(page).content.decode()
