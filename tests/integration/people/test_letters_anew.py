"""A letter that was wrong: intake and the signatory issue it anew; the one before stays, marked as superseded."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from exclusions.actions.people import proposals
from exclusions.actions.record import quarantine
from exclusions.actions.record.letters import ensure_letter
from exclusions.errors import Incomplete, WrongState
from exclusions.gateways.documents.object_store import read_file
from exclusions.models import Letter, Petition, PublicLetter, User
from exclusions.queries.record.record_check import breaks
from exclusions.workflow.states import Status
from tests.factories.petitions import Journey
from tests.pdf_text import pdf_text

pytestmark = pytest.mark.django_db
WHY = "It was addressed to the name that the company had before."
ClientOf = Callable[[User | None], Client]


@pytest.fixture
def trip(denied_once: Journey) -> Journey:
    """Return a journey that was denied."""
    return denied_once


@pytest.fixture
def reissue(cast: dict[str, User], trip: Journey) -> Callable[..., Letter]:
    """Return `reissue(letter)`: intake proposes it and the signatory confirms it."""

    def both(letter: Letter, reason: str = WHY) -> Letter:
        common: dict[str, Any] = {"facts": {"letter": letter.code}, "reason": reason, "at": trip.at}
        made = proposals.propose("reissue_letter", letter.petition_id, by=cast["intake"], **common)
        proposals.confirm(made, by=cast["signatory"], at=trip.at)
        return Letter.objects.get(supersedes=letter)

    return both


def words(letter: Letter) -> str:
    return pdf_text(read_file(letter.storage_key))


def test_it_has_the_present_name_and_names_the_one_before(
    reissue: Callable[..., Letter], trip: Journey, client: Client
) -> None:
    old = trip.petition.letters.get(kind="denial")
    organization = trip.petition.organization
    organization.legal_name = "Meadowlark Infant Care Inc."
    organization.save()
    new = reissue(old)
    for wanted in ("Meadowlark Infant Care Inc.", old.code, WHY, "A domestic source exists."):
        assert wanted in words(new), wanted
    assert "Meadowlark Infant Care LLC" in words(old), "the old one is as it was"
    assert new.code in client.get(f"/verify/{old.code}/").content.decode()
    assert WHY in client.get(f"/verify/{new.code}/").content.decode()
    assert list(breaks()) == []
    with pytest.raises(WrongState, match="a newer one has replaced it"):
        reissue(old)


@pytest.mark.parametrize(("status", "kind"), [(Status.SUBMITTED, "receipt"), (Status.RETURNED, "returned")])
def test_other_letters_say_what_they_said(
    status: Status, kind: str, reissue: Callable[..., Letter], petition_in: Callable[[Status], Petition]
) -> None:
    petition = petition_in(status)
    ensure_letter(petition, "receipt", at=petition.status_since)
    old = petition.letters.get(kind=kind)
    new = reissue(old)
    assert new.kind == kind
    said = [line for line in words(old).splitlines() if len(line) > 30 and "verif" not in line and "Case:" not in line]
    missing = [line for line in said if line not in words(new)]
    assert len(missing) <= len(said) / 2, missing


def test_no_letter_is_edited_and_a_bare_reason_is_refused(reissue: Callable[..., Letter], trip: Journey) -> None:
    old = trip.petition.letters.get(kind="denial")
    with pytest.raises(Incomplete):
        reissue(old, reason="Typo.")
    with pytest.raises(DatabaseError), transaction.atomic():
        Letter.objects.filter(pk=old.pk).update(sha256="0" * 64)


def test_the_reason_goes_with_a_letter_that_is_taken_down_and_comes_back_with_it(
    reissue: Callable[..., Letter], trip: Journey, cast: dict[str, User]
) -> None:
    new = reissue(trip.petition.letters.get(kind="denial"))
    taken = quarantine.take_down(
        trip.petition, f"letter:{new.code}", ground="personal", reason="It names a person who did not ask for it.",
        by=cast["intake"], at=trip.at,
    )  # fmt: skip
    assert PublicLetter.objects.get(code=new.code).reason == ""
    quarantine.restore(taken, by=cast["intake"], at=trip.at)
    assert PublicLetter.objects.get(code=new.code).reason == WHY


def test_intake_and_signatory_do_it_on_the_pages(
    trip: Journey, cast: dict[str, User], client_of: ClientOf, clock: Any
) -> None:
    clock.move_to(trip.at)
    old = trip.petition.letters.get(kind="denial")
    intake, signatory = client_of(cast["intake"]), client_of(cast["signatory"])
    case = reverse("case-events", args=[trip.petition.reference])
    page = reverse("case-letter-anew", args=[trip.petition.reference, old.code])
    assert page in intake.get(case).content.decode()
    assert client_of(cast["legal"]).get(page).status_code == 403
    sent = intake.post(page, {"reason": WHY}, follow=True)
    assert "Nothing has changed yet" in sent.content.decode()
    assert signatory.post(sent.redirect_chain[-1][0], {"answer": "confirm"}).status_code == 302
    new = Letter.objects.get(supersedes=old)
    shown = signatory.get(case).content.decode()
    assert "superseded by" in shown
    assert new.code in shown
    own = client_of(cast["importer"]).get(reverse("petition", args=[trip.petition.pk])).content.decode()
    assert f"superseded by {new.code}" in own
    assert "A new version of a letter was issued" in own
