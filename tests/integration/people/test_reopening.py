"""A signed decision that was wrong: reopened by counsel and the signatory, superseded by another with a new letter."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from exclusions.actions import transitions
from exclusions.actions.filing import petitions
from exclusions.actions.people import proposals
from exclusions.actions.record import quarantine
from exclusions.actions.review import product_texts
from exclusions.errors import Incomplete, NotPermitted, WrongState
from exclusions.gateways.documents.object_store import read_file
from exclusions.models import Decision, Event, Exclusion, ExclusionTerm, Notification, PublicPetition, Reopening, User
from exclusions.queries.casework.lists.short_worklists import granted_cases, terms_to_end
from exclusions.queries.record.leak_sweep import leaks
from exclusions.queries.record.record_check import breaks
from exclusions.workflow.states import Status
from tests.factories.casework.ways import PATHS
from tests.factories.people import make_person
from tests.factories.petitions import SEVERAL, TEXT, Journey
from tests.pdf_text import pdf_text

pytestmark = pytest.mark.django_db
Start = Callable[..., Journey]
ClientOf = Callable[[User | None], Client]
WHY = "A domestic source on the record was overlooked."


def granted(journey: Start) -> Journey:
    """Return a journey that was granted, and waits for its notice."""
    trip = journey(answers=SEVERAL)
    trip.take(*PATHS[Status.GRANTED])
    return trip


def deny_now(trip: Journey) -> None:
    """Reopen the case, and deny it."""
    trip.take("reopen_decision")
    trip.take("clear_for_denial", "deny")


def test_a_denial_becomes_a_grant_and_both_stay(denied_once: Journey, client: Client) -> None:
    trip = denied_once
    first = trip.petition.decision
    letter = trip.petition.letters.get(kind="denial")
    trip.take("reopen_decision")
    assert trip.petition.status == Status.LEGAL
    page = client.get(reverse("docket-petition", args=[trip.petition.reference])).content.decode()
    assert "Reopened decision" in page
    assert WHY in page
    shown = client.get(reverse("api-docket-petition", args=[trip.petition.reference])).json()
    assert shown["decision"] is None
    assert [(one["outcome"], one["reason"]) for one in shown["former_decisions"]] == [("deny", WHY)]
    trip.take("clear_for_drafting", "send_to_customs", "clear_text", "assess", "grant")
    second = trip.petition.decision
    assert (second.outcome, second.version, second.supersedes) == ("grant", 2, first)
    assert Decision.versions.get(pk=first.pk).rationale == "A domestic source exists."
    again = trip.petition.letters.get(kind="grant")
    assert again.supersedes == letter
    words = pdf_text(read_file(again.storage_key))
    assert letter.code in words
    assert WHY in words
    assert again.code in client.get(f"/verify/{letter.code}/").content.decode()
    shown = client.get(reverse("api-docket-petition", args=[trip.petition.reference])).json()
    assert shown["decision"]["rationale"] == "No source outside China; the duty causes severe harm."
    assert [one["rationale"] for one in shown["former_decisions"]] == ["A domestic source exists."]
    assert (
        "Superseded decision" in client.get(reverse("docket-petition", args=[trip.petition.reference])).content.decode()
    )
    assert [case.reference for case in granted_cases(trip.cast["publisher"])] == [trip.petition.reference]
    trip.take("publish")
    assert ExclusionTerm.objects.get().status == "published"
    assert list(breaks()) == []
    assert list(leaks()) == []


def test_a_published_grant_is_granted_again_with_another_text(published_once: Journey) -> None:
    trip = published_once
    first = trip.petition.decision.exclusion
    trip.take("reopen_decision", "clear_for_drafting")
    text = TEXT.replace("polished on one face", "polished on both faces")
    product_texts.draft_text(trip.petition, text=text, number="6810.99.0010", by=trip.cast["drafter"], at=trip.at)
    trip.act("send_to_customs")
    trip.take("clear_text", "assess", "grant", "publish")
    second = trip.petition.decision.exclusion
    assert second != first
    assert [term.exclusion for term in terms_to_end(trip.at.date())] == [first]
    assert {term.status for term in ExclusionTerm.objects.all()} == {"published"}


def test_the_requester_is_mailed_and_reads_the_reason(
    denied_once: Journey, cast: dict[str, User], client_of: ClientOf
) -> None:
    trip = denied_once
    trip.take("reopen_decision")
    mail = Notification.objects.get(template="reopen_decision")
    assert mail.to == cast["importer"].email
    own = client_of(cast["importer"]).get(reverse("petition", args=[trip.petition.pk])).content.decode()
    assert "Decision reopened" in own
    assert WHY in own


def test_a_published_grant_that_was_superseded_ends_by_notice_and_forward_only(
    journey: Start, cast: dict[str, User], client_of: ClientOf, clock: Any
) -> None:
    trip = granted(journey)
    trip.take("publish")
    exclusion = Exclusion.objects.get()
    term = exclusion.terms.get()
    deny_now(trip)
    assert trip.petition.status == Status.DENIED
    assert exclusion.terms.get() == term, "it stays in force"
    clock.move_to(trip.at)
    publisher = client_of(cast["publisher"])
    where = reverse("staff-exclusion-correct", args=[exclusion.reference, "term", term.pk])
    assert where in publisher.get(reverse("notices")).content.decode()

    def end(day: Any) -> None:
        facts = {
            "what": "term", "row": term.pk, "heading": term.heading, "note": term.note,
            "valid_from": str(term.valid_from), "valid_to": day.isoformat(), "citation": "84 FR 70000",
        }  # fmt: skip
        made = proposals.propose(
            "correct_exclusion", exclusion.pk, facts=facts, by=cast["publisher"], at=trip.at,
            reason="The grant on which it rested was superseded.",
        )  # fmt: skip
        proposals.confirm(made, by=cast["legal"], at=trip.at)

    with pytest.raises(Incomplete, match="its term can end only in the future"):
        end(trip.at.date() - timedelta(days=2))
    last = trip.at.date() + timedelta(days=30)
    end(last)
    ended = exclusion.terms.get()
    assert (ended.valid_to, ended.authority, ended.valid_from) == (last, "84 FR 70000", term.valid_from)
    denial = trip.petition.letters.get(kind="denial")
    assert not trip.petition.letters.filter(supersedes=denial).exists(), "the letter of a denial names no exclusion"


def test_a_grant_whose_notice_was_pending_is_never_published(journey: Start) -> None:
    trip = granted(journey)
    deny_now(trip)
    term = ExclusionTerm.objects.get()
    assert (term.status, term.reason) == ("deleted", "The grant was superseded before its notice.")


def test_an_exclusion_that_answers_another_petition_stays(journey: Start) -> None:
    one, other = granted(journey), granted(journey)
    assert one.petition.decision.exclusion == other.petition.decision.exclusion
    deny_now(one)
    assert ExclusionTerm.objects.get().status == "pending"
    other.take("publish")
    assert ExclusionTerm.objects.get().status == "published"


def test_nobody_reopens_alone(denied_once: Journey, cast: dict[str, User]) -> None:
    trip = denied_once
    with pytest.raises(Incomplete, match="Counsel must ask for it or agree"):
        transitions.take(
            trip.petition,
            "reopen_decision",
            by=cast["signatory"],
            at=trip.at,
            reason="It names a person who did not ask for it.",
        )
    own = proposals.propose("reopen_decision", trip.petition.pk, by=cast["signatory"], at=trip.at, reason=WHY)
    other = make_person("Sid Signatory", role="signatory")
    with pytest.raises(NotPermitted, match="You have the same role"):
        proposals.confirm(own, by=other, at=trip.at)
    proposals.confirm(own, by=cast["legal"], at=trip.at)
    trip.petition.refresh_from_db()
    assert trip.petition.status == Status.LEGAL
    event = Event.objects.filter(subject=own.subject, kind="reopen_decision").get()
    assert (event.by, event.data["proposal"]) == (cast["signatory"], own.pk)
    with pytest.raises(WrongState, match="You can reopen only a signed decision"):
        proposals.propose("reopen_decision", trip.petition.pk, by=cast["legal"], at=trip.at, reason=WHY)


def test_a_reopened_case_is_not_withdrawn(denied_once: Journey, cast: dict[str, User]) -> None:
    trip = denied_once
    trip.take("reopen_decision")
    with pytest.raises(Incomplete, match="Withdrawing it does not undo"):
        petitions.withdraw(trip.petition, by=cast["importer"], at=trip.at, reason="No longer needed.")


def test_no_door_edits_a_decision_or_its_reopening(denied_once: Journey) -> None:
    trip = denied_once
    trip.take("reopen_decision")
    for rows, change in (
        (Decision.versions.all(), {"rationale": "Another."}),
        (Reopening.objects.all(), {"reason": "Another."}),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**change)
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.all()._raw_delete("default")


def test_words_that_were_taken_down_stay_down_when_a_later_decision_says_them_again(
    denied_once: Journey, cast: dict[str, User]
) -> None:
    trip = denied_once
    quarantine.take_down(
        trip.petition,
        "finding:availability",
        ground="mistake",
        reason="It names a person who did not ask for it.",
        by=cast["intake"],
        at=trip.at,
    )
    trip.take("reopen_decision", "clear_for_denial", "deny")
    shown = PublicPetition.objects.get(reference=trip.petition.reference)
    for findings in (shown.findings, shown.former_decisions[0]["findings"]):
        assert next(one["reasons"] for one in findings if one["criterion"] == "availability").startswith("Taken down")
    quarantine.take_down(
        trip.petition,
        "rationale:2",
        ground="mistake",
        reason="It names a person who did not ask for it.",
        by=cast["intake"],
        at=trip.at,
    )
    shown.refresh_from_db()
    assert shown.rationale.startswith("Taken down")


def test_counsel_asks_and_the_signatory_agrees_on_the_pages(
    denied_once: Journey, cast: dict[str, User], client_of: ClientOf, clock: Any
) -> None:
    trip = denied_once
    clock.move_to(trip.at)
    counsel, signatory = client_of(cast["legal"]), client_of(cast["signatory"])
    case, page = (reverse(name, args=[trip.petition.reference]) for name in ("case", "case-reopen"))
    assert page in counsel.get(case).content.decode()
    assert page not in client_of(cast["intake"]).get(case).content.decode()
    assert client_of(cast["intake"]).get(page).status_code == 403
    assert counsel.post(page, {"reason": ""}).status_code == 422
    sent = counsel.post(page, {"reason": WHY}, follow=True)
    assert "Nothing has changed yet" in sent.content.decode()
    where = sent.redirect_chain[-1][0]
    assert where in signatory.get(page).content.decode()
    assert signatory.post(where, {"answer": "confirm"}).status_code == 302
    trip.petition.refresh_from_db()
    assert trip.petition.status == Status.LEGAL
    assert WHY in signatory.get(case).content.decode()
