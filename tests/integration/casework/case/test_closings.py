"""A case that ends without its merits: incomplete, covered, a duplicate. Intake says on what, counsel confirms it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from exclusions.actions import transitions
from exclusions.actions.filing import petitions
from exclusions.actions.people import proposals
from exclusions.errors import Incomplete, NotPermitted, WrongState
from exclusions.gateways.documents.object_store import read_file
from exclusions.models import (
    Closing,
    Event,
    ExclusionTerm,
    Finding,
    Notification,
    Petition,
    Proposal,
    PublicPetition,
    TariffAction,
    User,
)
from exclusions.queries.casework.closings import covering_exclusions, earlier_petitions
from exclusions.queries.record.leak_sweep import leaks
from exclusions.queries.record.record_check import breaks
from exclusions.workflow.states import Status
from tests.factories.casework.closings import LIST_3, WHY, covering, earlier, filed_before
from tests.factories.casework.ways import PATHS
from tests.factories.petitions import Journey
from tests.factories.tariff import exclude
from tests.pdf_text import pdf_text

pytestmark = pytest.mark.django_db
Start = Callable[..., Journey]
ClientOf = Callable[[User | None], Client]
WORDS = {
    "covered": "Covered by an existing exclusion",
    "duplicate": "Duplicate of an earlier petition",
    "incomplete": "Not considered: incomplete",
}


def propose(trip: Journey, kind: str, facts: Any) -> Proposal:
    """Let intake propose to close the journey's case."""
    return proposals.propose(
        f"close_{kind}", trip.petition.pk, facts=facts, reason=WHY, by=trip.cast["intake"], at=trip.at
    )


@pytest.mark.parametrize("kind", WORDS)
def test_each_has_its_own_word_letter_and_mail_and_needs_no_finding(
    kind: str, journey: Start, client_of: ClientOf
) -> None:
    trip = journey()
    trip.take("submit", f"close_{kind}")
    assert trip.petition.status == kind
    assert not Finding.objects.exists()
    letter = trip.petition.letters.get(kind=kind)
    assert letter.get_kind_display() == WORDS[kind]
    words = pdf_text(read_file(letter.storage_key))
    assert WHY in words
    for fact in trip.petition.closing.facts:
        assert fact["value"].split("?")[0][:40] in words
    mail = Notification.objects.get(template=f"close_{kind}")
    assert mail.to == trip.petition.filed_by.email
    assert WHY not in str(mail.context)
    own = client_of(trip.cast["importer"]).get(reverse("petition", args=[trip.petition.pk])).content.decode()
    assert WORDS[kind] in own
    assert WHY in own
    event = Event.objects.filter(subject=f"petition:{trip.petition.pk}", kind=f"close_{kind}").get()
    assert (event.to_status, event.by, event.role) == (kind, trip.cast["legal"], "legal")
    assert not PublicPetition.objects.filter(reference=trip.petition.reference).exists()  # it was never posted
    assert list(breaks()) == []
    assert list(leaks()) == []


@pytest.mark.parametrize("kind", ["covered", "duplicate"])
@pytest.mark.parametrize("status", [Status.POSTED, Status.LEVEL1, Status.LEGAL])
def test_everybody_reads_on_which_fact_a_posted_one_ended(
    kind: str, status: Status, journey: Start, client: Client
) -> None:
    trip = journey()
    trip.take(*PATHS[status], f"close_{kind}")
    copy = PublicPetition.objects.get(reference=trip.petition.reference)
    assert (copy.stage, copy.move) == (kind, "No one: the case is closed")
    shown = client.get(reverse("api-docket-petition", args=[trip.petition.reference])).json()
    assert (shown["stage_label"], shown["decision"]) == (WORDS[kind], None)
    assert [fact["label"] for fact in shown["closing"]["facts"]] == [fact["label"] for fact in copy.closing["facts"]]
    page = client.get(reverse("docket-petition", args=[trip.petition.reference])).content.decode()
    assert "Closed without a decision on the merits" in page
    assert WHY not in page  # what was typed is in the letter alone
    if kind == "duplicate":  # the earlier one is not posted: the public does not know of it
        assert trip.petition.closing.facts[0]["value"] not in page


def test_an_exclusion_has_to_be_in_force_on_the_filing_day_and_of_the_list(journey: Start) -> None:
    trip = journey()
    trip.take("submit")
    number, filed = trip.petition.hts10, trip.at.date()
    list3 = TariffAction.objects.get(code="3")
    other = TariffAction.objects.create(code="1", name="List 1", citation="83 FR 1", position=9)
    ended = exclude(list3, number, LIST_3, filed - timedelta(days=9), text="Ended")
    later = exclude(list3, number, filed + timedelta(days=9), None, text="Later")
    foreign = exclude(other, number, LIST_3, None, text="Of another list")
    holds = exclude(list3, number, LIST_3, None, text="Holds")
    assert [one.reference for one in covering_exclusions(trip.petition)] == [holds.reference]
    for wrong in (ended, later, foreign):
        with pytest.raises(Incomplete, match="was in force on the filing day"):
            propose(trip, "covered", {"exclusion": wrong.reference})
    propose(trip, "covered", {"exclusion": holds.reference})


def test_a_term_that_was_corrected_meanwhile_closes_nothing(journey: Start) -> None:
    trip = journey()
    trip.take("submit")
    asked = propose(trip, "covered", covering(trip.petition))
    term = ExclusionTerm.objects.get()
    after = ExclusionTerm.objects.create(
        exclusion=term.exclusion, heading=term.heading, note=term.note, valid_from=date(2019, 12, 1), supersedes=term
    )
    assert after.pk
    with pytest.raises(Incomplete, match="A corrected exclusion no longer counts"):
        proposals.confirm(asked, by=trip.cast["legal"], at=trip.at)
    trip.petition.refresh_from_db()
    assert trip.petition.status == Status.SUBMITTED
    assert not Closing.objects.exists()


def test_an_earlier_petition_that_was_withdrawn_meanwhile_closes_nothing(journey: Start) -> None:
    trip = journey()
    trip.take("submit")
    first = earlier(trip.petition, trip.cast["importer"])
    asked = propose(trip, "duplicate", {"earlier": first.reference})
    petitions.withdraw(first, by=trip.cast["importer"], at=trip.at, reason="No longer needed.")
    with pytest.raises(Incomplete, match="that was withdrawn or lapsed does not count"):
        proposals.confirm(asked, by=trip.cast["legal"], at=trip.at)


def test_only_the_same_organization_number_and_a_like_product_make_a_duplicate(
    journey: Start, cast: dict[str, User]
) -> None:
    trip = journey()
    trip.take("submit")
    assert trip.petition.submitted_at
    before = trip.petition.submitted_at - timedelta(minutes=3)
    unlike = filed_before(trip.petition, cast["importer"], before, product_name="Countertop sealing compounds")
    like = filed_before(trip.petition, cast["importer"], before + timedelta(minutes=1))
    later = filed_before(trip.petition, cast["importer"], trip.at)
    assert [one.reference for one in earlier_petitions(trip.petition)] == [like.reference]
    for other in (unlike, later):
        with pytest.raises(Incomplete, match="is not an earlier petition of the same organization"):
            propose(trip, "duplicate", {"earlier": other.reference})


def test_incomplete_is_what_came_back_and_still_lacks_what_was_asked(journey: Start) -> None:
    trip = journey()
    trip.take("submit")
    with pytest.raises(WrongState, match="never returned for correction"):
        propose(trip, "incomplete", {"missing": ["product_description"]})
    trip.take("return", "resubmit")
    with pytest.raises(Incomplete, match="that it was returned for"):
        propose(trip, "incomplete", {"missing": ["product_name"]})
    asked = propose(trip, "incomplete", {"missing": ["product_description"]})
    trip.take("return", "resubmit")  # it was corrected once more
    with pytest.raises(WrongState, match="have changed since it was proposed"):
        proposals.confirm(asked, by=trip.cast["legal"], at=trip.at)
    trip.take("post")
    with pytest.raises(WrongState, match="Only a petition that waits to be posted"):
        propose(trip, "incomplete", {"missing": ["product_description"]})


def test_intake_alone_proposes_and_counsel_alone_confirms(journey: Start) -> None:
    trip = journey()
    trip.take("submit")
    facts = covering(trip.petition)
    with pytest.raises(NotPermitted, match=r"is proposed by: Intake clerk\. It is confirmed by"):
        proposals.propose("close_covered", trip.petition.pk, facts=facts, reason=WHY, by=trip.cast["legal"], at=trip.at)
    with pytest.raises(Incomplete, match="Intake proposes it on the case page"):
        transitions.take(trip.petition, "close_covered", by=trip.cast["legal"], at=trip.at, reason=WHY)
    asked = propose(trip, "covered", facts)
    proposals.refuse(asked, by=trip.cast["legal"], at=trip.at, reason="The text names another kind of slab.")
    trip.petition.refresh_from_db()
    assert trip.petition.status == Status.SUBMITTED


def test_a_case_that_went_on_is_not_closed_by_a_proposal_of_before(journey: Start) -> None:
    trip, signed = journey(), journey("deny")
    trip.take(*PATHS[Status.LEGAL])
    first = earlier(trip.petition, trip.cast["importer"])
    repeated = propose(trip, "duplicate", {"earlier": first.reference})
    trip.take("clear_for_drafting")
    with pytest.raises(WrongState, match="before counsel has concluded on its merits"):
        proposals.confirm(repeated, by=trip.cast["legal"], at=trip.at)
    signed.take(*PATHS[Status.DENIED][:-1])
    covered = propose(signed, "covered", covering(signed.petition))
    signed.take("deny")
    with pytest.raises(WrongState, match="before its decision is signed"):
        proposals.confirm(covered, by=signed.cast["legal"], at=signed.at)


def test_its_filer_may_withdraw_it_while_it_waits_for_counsel(journey: Start) -> None:
    trip = journey()
    trip.take("submit")
    asked = propose(trip, "covered", covering(trip.petition))
    trip.take("withdraw")
    with pytest.raises(WrongState, match="Withdrawn"):
        proposals.confirm(asked, by=trip.cast["legal"], at=trip.at)


def test_the_page_offers_the_facts_and_chooses_none(journey: Start, client_of: ClientOf) -> None:
    trip = journey()
    trip.take("submit")
    facts = covering(trip.petition)
    clerk = client_of(trip.cast["intake"])
    address = reverse("case-close", args=[trip.petition.reference, "covered"])
    assert address in clerk.get(reverse("case", args=[trip.petition.reference])).content.decode()
    page = clerk.get(address).content.decode()
    assert facts["exclusion"] in page
    assert "checked" not in page
    refused = clerk.post(address, {"reason": WHY})
    assert refused.status_code == 422
    assert "Choose the exclusion that covers the product." in refused.content.decode()
    assert WHY in refused.content.decode()
    assert clerk.post(address, {**facts, "reason": WHY}).status_code == 302
    asked = Proposal.objects.get()
    counsel = client_of(trip.cast["legal"])
    assert asked.summary in counsel.get(reverse("case", args=[trip.petition.reference])).content.decode()
    counsel.post(reverse("proposal", args=[asked.pk]), {"answer": "confirm"})
    assert Petition.objects.get(pk=trip.petition.pk).status == Status.COVERED
    assert WHY in counsel.get(reverse("case", args=[trip.petition.reference])).content.decode()
    page = clerk.get(reverse("case-close", args=[trip.petition.reference, "duplicate"])).content.decode()
    assert "You cannot close it this way from there" in page
    assert clerk.get(reverse("case-close", args=[trip.petition.reference, "nonsense"])).status_code == 404
