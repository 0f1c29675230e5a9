"""What a desk sends in one go: findings beside the evidence, a conclusion with the way onward, one tick to agree."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from exclusions import criteria
from exclusions.actions.casework import at_desk
from exclusions.actions.casework.at_desk import Entered
from exclusions.actions.review import reviews
from exclusions.errors import Conflict, Incomplete, WrongState
from exclusions.forms.casework.at_desk import InlineFinding
from exclusions.models import Event, Finding, Petition, User
from exclusions.queries.casework.case.findings import CriterionState
from exclusions.queries.casework.case.passages import Passage, cited, excerpt, passages_of
from exclusions.workflow.states import Status
from tests.conftest import Clock
from tests.factories.casework.arguing import mark_as_suggested
from tests.factories.casework.citing import ANSWERED
from tests.factories.casework.ways import PATHS
from tests.factories.petitions import Journey
from tests.integration.importer.test_case_statements import answered_response

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User | None], Client]
WHY = "As the public record shows."
CITES = [ANSWERED["availability"]]


@pytest.fixture
def level1(journey: Callable[..., Journey], clock: Clock) -> Journey:
    """Return a case at level 1 with a response and its reply; the clock stands there."""
    trip = journey("deny")
    trip.take("submit", "post")
    answered_response(trip)
    trip.take("close_responses", "begin_review")
    clock.move_to(trip.at)
    return trip


def typed(trip: Journey, result: str = "neutral", **more: Any) -> dict[str, Any]:
    """Return findings on every criterion as a page sends them."""
    keys = trip.petition.round.criteria
    sent = {f"{key}-citations": ANSWERED[key] for key in keys} | {f"{key}-result": result for key in keys}
    return sent | {f"{key}-reasons": f"{key}. {WHY}" for key in keys} | more


def test_findings_are_recorded_together_with_the_passages_that_they_cite(
    level1: Journey, cast: dict[str, User], client_of: ClientOf
) -> None:
    client, case = client_of(cast["reviewer1"]), level1.petition
    response = case.responses.get()
    cites = ["answer:available_us", f"response:{response.reference}", f"reply:{response.reference}"]
    page = client.get(reverse("case", args=[case.reference])).content.decode()
    assert "Evidence: tick what your finding cites" in page
    assert "It is another." in page, "the reply is a passage"
    assert "checked" not in page, "nothing is chosen beforehand"
    sent = {"availability-result": "against", "availability-reasons": WHY, "availability-citations": cites}
    answer = client.post(reverse("case-findings", args=[case.reference]), sent)
    assert answer.status_code == 302
    finding = case.findings.get()
    assert (finding.criterion, finding.result, finding.citations) == ("availability", "against", cites)
    page = client.get(reverse("case", args=[case.reference])).content.decode()
    assert "1 of 5 findings" in page


def test_of_several_findings_one_that_is_refused_keeps_them_all_and_their_words(
    level1: Journey, cast: dict[str, User], client_of: ClientOf
) -> None:
    client, case = client_of(cast["reviewer1"]), level1.petition
    where = reverse("case-findings", args=[case.reference])
    for wrong, status in (({"objective-reasons": "."}, 422), ({"objective-reasons": ""}, 422)):
        answer = client.post(where, typed(level1, **wrong))
        assert answer.status_code == status
        assert answer.content.decode().count(WHY) == 4
        assert not case.findings.exists()
    assert client.post(where, {}).status_code == 422
    assert client.get(where)["Location"].endswith("#findings")


def test_a_finding_that_somebody_else_replaced_meanwhile_is_not_recorded_over(
    level1: Journey, cast: dict[str, User], client_of: ClientOf
) -> None:
    case, by = level1.petition, cast["reviewer1"]
    entered = Entered("availability", "neutral", WHY, seen=0)
    at_desk.record_findings(case, findings=[entered], by=by, at=level1.at)
    with pytest.raises(Conflict) as raised:
        at_desk.record_findings(case, findings=[entered], by=by, at=level1.at)
    assert "After you opened this page" in str(raised.value)
    sent = {
        "availability-result": "against", "availability-reasons": WHY, "availability-citations": CITES,
        "availability-seen": "0",
    }  # fmt: skip
    answer = client_of(by).post(reverse("case-findings", args=[case.reference]), sent)
    assert answer.status_code == 409
    assert f'name="availability-seen" value="{Finding.objects.get().pk}"' in answer.content.decode()


def test_a_page_of_a_document_is_cited_by_its_number(level1: Journey) -> None:
    known = passages_of(level1.petition, whole=True)
    one, *others = cited(known, ["answer:available_us", "answer:nothing"])
    assert (one.words, others) == (known["answer:available_us"].words, [])
    long = "One. Two is a much longer sentence than that."
    assert (excerpt(long, 30), excerpt("Short.", 30)) == ("One. Two is a much longer …", "Short.")


def test_level_1_records_concludes_and_sends_on_by_one_button_or_not_at_all(
    level1: Journey, cast: dict[str, User], client_of: ClientOf
) -> None:
    client, case = client_of(cast["reviewer1"]), level1.petition
    where = reverse("case-findings", args=[case.reference])
    concluded = {"onward": "1", "conclude-outcome": "deny", "conclude-denial_codes": "DR1", "conclude-reasons": WHY}
    refused = client.post(where, typed(level1, **concluded)).status_code
    assert (refused, case.findings.count()) == (422, 0), "DR1 needs a finding against"
    mark_as_suggested(case, by=cast["reviewer1"], at=level1.at)
    assert client.post(where, typed(level1, "against", **concluded)).status_code == 302
    case.refresh_from_db()
    assert (case.status, case.findings.count(), case.recommendations.get().level) == (Status.LEVEL2, 5, 1)


def test_a_desk_that_agrees_adopts_codes_and_reasons_in_a_record_of_its_own(
    journey: Callable[..., Journey], cast: dict[str, User], client_of: ClientOf, clock: Clock
) -> None:
    trip = journey("deny")
    case = trip.take(*PATHS[Status.LEVEL2])
    clock.move_to(trip.at)
    client, first = client_of(cast["reviewer2"]), case.recommendations.get()
    assert "Level 1 concluded for a denial" in client.get(reverse("case", args=[case.reference])).content.decode()
    where = reverse("case-agree", args=[case.reference])
    assert client.post(where, {"seen": first.pk}).status_code == 422, "not without the tick"
    assert client.post(where, {"seen": 0, "agreed": "on"}).status_code == 409, "a stale page"
    assert client.post(where, {"seen": first.pk, "agreed": "on"}).status_code == 302
    case.refresh_from_db()
    own = case.recommendations.get(level=2)
    assert (case.status, own.outcome, own.denial_codes, own.reasons, own.adopts, own.made_by) == (
        Status.CONSISTENCY, "deny", ["DR1"], first.reasons, "level1", cast["reviewer2"]
    )  # fmt: skip
    assert Event.objects.filter(kind="recommendation").latest("pk").data["adopts"] == "level1"
    with pytest.raises(WrongState, match="You cannot agree: no earlier desk"):
        at_desk.agree(case, seen=own.pk, agreed=True, by=cast["reviewer2"], at=trip.at)


def test_who_recommended_at_level_1_cannot_agree_at_level_2(
    journey: Callable[..., Journey], cast: dict[str, User]
) -> None:
    trip = journey("deny")
    case = trip.take(*PATHS[Status.LEVEL2])
    first = case.recommendations.get()
    Petition.objects.filter(pk=case.pk).update(status_since=first.made_at)
    reviews.record_finding(
        case,
        criterion="availability",
        result="supports",
        reasons=WHY,
        citations=CITES,
        by=cast["reviewer2"],
        at=trip.at,
    )
    with pytest.raises(Incomplete, match="DR1 needs a finding against"):
        at_desk.agree(case, seen=first.pk, agreed=True, by=cast["reviewer2"], at=trip.at)
    assert criteria.get("availability").denial_code == "DR1"


def test_the_signatory_adopts_the_reviewers_words_and_a_stale_page_signs_nothing(
    journey: Callable[..., Journey], cast: dict[str, User], client_of: ClientOf, clock: Clock
) -> None:
    trip = journey("deny")
    trip.take(*PATHS[Status.LEGAL], "clear_for_denial")
    case = trip.petition
    clock.move_to(trip.at)
    client, where = client_of(cast["signatory"]), reverse("sign-case", args=[case.reference])
    page = client.get(where)
    seen = page.context["desk"].seen
    assert "Sign the denial as recommended" in page.content.decode()
    sent = {"transition": "deny", "adopt": "1", "seen": seen}
    said = client.post(where, sent)
    assert (said.status_code, said.context["opened"]) == (422, "deny"), "not without the tick; it says why, unfolded"
    assert client.post(where, {**sent, "agreed": "on", "seen": "1.1.1.1.1.1"}).status_code == 409
    assert "Nothing is signed yet" in client.post(where, {**sent, "agreed": "on"}).content.decode()
    signed = client.post(where, {**sent, "agreed": "on", "deny-confirmed": "on", "contacts": "none"})
    assert signed.status_code == 302
    decision = case.decisions.get()
    assert (decision.rationale, decision.denial_codes) == (case.recommendations.get(level=2).reasons, ["DR1"])


def test_counsel_and_the_committee_agree_by_one_tick_as_well(
    journey: Callable[..., Journey], cast: dict[str, User]
) -> None:
    trip = journey("grant")
    case = trip.take(*PATHS[Status.LEVEL2])

    def agree(who: str, seen: int) -> None:
        trip.petition = at_desk.agree(trip.petition, seen=seen, agreed=True, by=cast[who], at=trip.at)
        trip.at += timedelta(hours=1)

    agree("reviewer2", case.recommendations.get().pk)
    trip.take("confirm_consistency")
    agree("legal", case.recommendations.get(level=2).pk)
    trip.take("send_to_customs", "clear_text")
    agree("committee", case.legal_reviews.get().pk)
    case.refresh_from_db()
    assert (case.status, case.legal_reviews.get().adopts) == (Status.SIGNATURE, "level2")
    assert (case.assessments.get().adopts, case.assessments.get().outcome) == ("legal", "grant")


def test_an_entry_on_a_page_of_its_own_may_send_the_case_on_or_leaves_nothing(
    journey: Callable[..., Journey], cast: dict[str, User], client_of: ClientOf, clock: Clock
) -> None:
    trip = journey("grant")
    case = trip.take(*PATHS[Status.LEGAL])
    clock.move_to(trip.at)
    client, where = client_of(cast["legal"]), reverse("case-entry", args=[case.reference, "legal_review"])
    assert client.post(where, {"onward": "1", "outcome": "deny", "reasons": WHY}).status_code == 422
    assert not case.legal_reviews.exists()
    assert client.post(where, {"onward": "1", "outcome": "grant", "reasons": WHY}).status_code == 302
    case.refresh_from_db()
    assert (case.status, case.legal_reviews.get().adopts) == (Status.DRAFTING, "")


def test_who_consulted_like_cases_records_and_confirms_by_one_button(
    journey: Callable[..., Journey], cast: dict[str, User], client_of: ClientOf, clock: Clock
) -> None:
    trip = journey("grant")
    case = trip.take(*PATHS[Status.CONSISTENCY])
    clock.move_to(trip.at)
    mine, first = client_of(cast["second_reviewer2"]), client_of(cast["reviewer2"])
    assert "Record and confirm consistency" in mine.get(reverse("case", args=[case.reference])).content.decode()
    assert "Record and confirm consistency" not in first.get(reverse("case", args=[case.reference])).content.decode()


@pytest.mark.parametrize(("page", "cited_as"), [("", "document:1-2"), ("3", "document:1-2:3"), ("x", "")])
def test_the_page_of_a_document_stands_beside_its_box(page: str, cited_as: str) -> None:
    passage = Passage("document:1-2", "Document: report.pdf", "")
    state = CriterionState(criteria.get("objective"), None, [], [], [], [passage])
    sent = QueryDict(mutable=True)
    sent.update({"objective-result": "neutral", "objective-reasons": WHY, "objective-page of document:1-2": page})
    sent.setlist("objective-citations", ["document:1-2"])
    form = InlineFinding(sent, state=state)
    assert form.filled
    assert form.is_valid() == bool(cited_as)
    assert form.cleaned_data.get("citations", [""]) == [cited_as] or not cited_as
    assert list(form.others) == [(passage, True, page)], "what was typed stands there again"
    [shown] = cited({"document:1-2": passage}, ["document:1-2:3"])
    assert shown.words == "Document: report.pdf, page 3"


def test_the_findings_page_opens_with_what_was_found_and_one_criterion_at_a_time(
    level1: Journey, cast: dict[str, User], client_of: ClientOf
) -> None:
    client, case = client_of(cast["reviewer1"]), level1.petition
    where = reverse("case", args=[case.reference])
    page = client.get(where).content.decode()
    strip = page.index('aria-label="Findings so far"')
    assert strip < page.index('<h2 id="findings">')
    assert page.count("No finding yet") == 5
    folded = re.findall(r"<details\s[^>]*data-work[^>]*>", page)
    assert len(folded) == 5
    assert all('name="criteria"' in one for one in folded), "the browser keeps one of them open"
    assert [" open" in one for one in folded] == [True, False, False, False, False]
    sent = {"availability-result": "against", "availability-reasons": WHY, "availability-citations": CITES}
    client.post(reverse("case-findings", args=[case.reference]), sent)
    page = client.get(where).content.decode()
    assert str(case.findings.get().get_result_display()) in page[page.index("Findings so far") :][:800]
    folded = re.findall(r"<details\s[^>]*data-work[^>]*>", page)
    assert [" open" in one for one in folded] == [False, True, False, False, False]


def test_findings_that_are_sent_back_all_stand_open(
    level1: Journey, cast: dict[str, User], client_of: ClientOf
) -> None:
    where = reverse("case-findings", args=[level1.petition.reference])
    page = client_of(cast["reviewer1"]).post(where, typed(level1, **{"objective-reasons": "."})).content.decode()
    folded = re.findall(r"<details\s[^>]*data-work[^>]*>", page)
    assert [" open" in one for one in folded] == [True] * 5
    assert not [one for one in folded if "name=" in one], "of those with one name the browser would close all but one"


def test_the_signing_page_opens_with_the_decision_and_folds_what_nobody_recommended(
    journey: Callable[..., Journey], cast: dict[str, User], client_of: ClientOf, clock: Clock
) -> None:
    trip = journey("deny")
    case = trip.take(*PATHS[Status.LEGAL], "clear_for_denial")
    clock.move_to(trip.at)
    client, where = client_of(cast["signatory"]), reverse("sign-case", args=[case.reference])
    page = client.get(where).content.decode()
    places = [page.index(words) for words in ("Sign the denial as recommended", "What each desk concluded",
              "<h2>Findings</h2>")]  # fmt: skip
    assert places == sorted(places)
    outcomes = re.findall(r"<details[^>]*name=\"outcome\"[^>]*>", page)
    assert len(outcomes) == 4
    assert not [one for one in outcomes if " open" in one], "what is recommended is signed above"
    refused = client.post(where, {"transition": "deny", "deny-rationale": "."}).content.decode()
    outcomes = re.findall(r"<details[^>]*name=\"outcome\"[^>]*>", refused)
    assert [" open" in one for one in outcomes] == [False, False, True, False]
