"""A press of signed decisions on terms that was wrong: reopened whole by counsel and the signatory, signed anew."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from exclusions.actions.decision.notices import Notice
from exclusions.actions.decision.undoing import undo_notice
from exclusions.actions.notices import drafting
from exclusions.actions.notices.term_decisions import recommend_terms, sign_terms
from exclusions.actions.notices.term_drafts import draft_terms
from exclusions.actions.notices.term_notices import publish_terms
from exclusions.actions.people import proposals
from exclusions.errors import ActionRefused, NotPermitted, Repeats, WrongState
from exclusions.models import (
    Event,
    ExclusionTerm,
    ExclusionText,
    ListedExclusion,
    Notification,
    Proposal,
    PublicTermDecision,
    TermDecision,
    TermReopening,
    User,
)
from exclusions.queries.public.listed import counted, listed
from tests.factories.notices.listed import AFTER, FINDINGS, REASONS, SLUG, listed_round, posted_comment, signed

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases("Rows are locked, which SQLite does not do.")]
Cast = dict[str, User]
ClientOf = Callable[[User | None], Client]
WHY = "A quotation from Ohio on the record is for another product."
ON = AFTER + timedelta(days=1)
NOTICE = Notice("87 FR 17380", date(2022, 3, 28))
OUT = AFTER + timedelta(days=10)


@pytest.fixture(autouse=True)
def references(db: None) -> list[str]:
    """List six exclusions."""
    listed_round(each=2)
    return [row.exclusion.reference for row in ListedExclusion.objects.select_related("exclusion").order_by("number")]


def propose(press: TermDecision, by: User, why: str = WHY) -> Proposal:
    return proposals.propose("reopen_terms", SLUG, by=by, at=ON, reason=why, facts={"press": press.pk})


def reopen(press: TermDecision, cast: Cast) -> Proposal:
    return proposals.confirm(propose(press, cast["legal"]), by=cast["signatory"], at=ON)


def page_of(client: Client, number: int = 1) -> str:
    return client.get(reverse("listed-exclusion", args=[SLUG, number])).content.decode()


def test_all_that_one_press_signed_is_reopened_and_another_press_stands(
    cast: Cast, references: list[str], client: Client
) -> None:
    one, other = signed(cast, references[:3]), signed(cast, references[3:4], at=AFTER + timedelta(hours=2))
    reopen(one[1], cast)
    assert list(TermDecision.objects.values_list("pk", flat=True)) == [other[0].pk]
    assert TermReopening.objects.count() == 3
    assert set(ExclusionTerm.objects.filter(heading="99038867").values_list("status", "reason")) == {
        ("deleted", "The decision was reopened before its notice."), ("pending", "")
    }  # fmt: skip
    event = Event.objects.get(kind="reopen_terms")
    assert (event.subject, event.data["numbers"], event.by) == (f"terms:{SLUG}", [1, 2, 3], cast["signatory"])
    round = one[0].listed.round
    assert counted(round) == {"Not decided yet": 5, "Extended": 0, "Reinstated": 1, "Lapses": 0}
    assert {row.number for row in listed(round, outcome="undecided")} == {1, 2, 3, 5, 6}
    assert {row.number for row in listed(round, outcome="reinstate")} == {4}
    page = page_of(client)
    assert "Reopened, to be decided again" in page
    assert WHY in page
    assert REASONS in page
    assert WHY not in page_of(client, 4)
    told = client.get(reverse("api-listed-exclusion", args=[SLUG, 1])).json()
    assert told["decision"] is None
    assert [(row["choice"], row["reopened_because"]) for row in told["former_decisions"]] == [("reinstate", WHY)]


def test_what_was_reopened_is_recommended_and_signed_anew_as_the_next_version(
    cast: Cast, references: list[str], client: Client
) -> None:
    first = signed(cast, references[:2])
    reopen(first[0], cast)
    with pytest.raises(ActionRefused, match="no one has recommended anything since its decision was reopened"):
        sign_terms(slug=SLUG, references=references[:2], by=cast["signatory"], at=ON)
    last = date(2022, 6, 30)
    again = signed(cast, references[:2], last=last, at=ON)
    assert [(one.version, one.term.valid_to) for one in again if one.term] == [(2, last), (2, last)]
    assert PublicTermDecision.objects.get(listed__number=1).ends_on == last
    publish_terms(slug=SLUG, references=references[:2], notice=NOTICE, by=cast["publisher"], at=OUT)
    terms = ExclusionTerm.objects.filter(heading="99038867", status="published")
    assert set(terms.values_list("valid_to", flat=True)) == {last}
    page = page_of(client)
    assert "Jun 30, 2022" in page
    assert WHY in page, "the former decision stays"
    reopened = TermDecision.versions.get(pk=first[0].pk)
    assert reopened.signed_by == cast["signatory"], "it stays as it was signed"


def test_counsel_and_signatory_agree_and_nobody_else(cast: Cast, references: list[str]) -> None:
    press = signed(cast, references[:2])[0]
    for name in ("reviewer1", "publisher", "admin"):
        with pytest.raises(NotPermitted):
            propose(press, cast[name])
    waits = propose(press, cast["signatory"])
    with pytest.raises(NotPermitted, match="Another member of staff must confirm it"):
        proposals.confirm(waits, by=cast["signatory"], at=ON)
    with pytest.raises(WrongState, match="already proposed this"):
        propose(press, cast["legal"])
    proposals.confirm(waits, by=cast["legal"], at=ON)
    with pytest.raises(WrongState, match="These decisions were reopened already"):
        propose(press, cast["legal"])


def test_no_press_of_another_round_or_of_none_is_reopened(cast: Cast, references: list[str]) -> None:
    press = signed(cast, references[:1])[0]
    with pytest.raises(WrongState, match="No one signed such decisions"):
        proposals.propose("reopen_terms", SLUG, by=cast["legal"], at=ON, reason=WHY, facts={"press": press.pk + 99})
    with pytest.raises(ActionRefused, match="There is no round list-3 that lists"):
        proposals.propose("reopen_terms", "list-3", by=cast["legal"], at=ON, reason=WHY, facts={"press": press.pk})


def test_what_a_notice_published_or_a_draft_holds_is_taken_back_first(cast: Cast, references: list[str]) -> None:
    press = signed(cast, references[:2])[0]
    waits = propose(press, cast["legal"])
    rows = publish_terms(slug=SLUG, references=references[:1], notice=NOTICE, by=cast["publisher"], at=OUT)
    said = "87 FR 17380 published 1 of these decisions. Take the notice back first"
    with pytest.raises(WrongState, match=said):
        proposals.confirm(waits, by=cast["signatory"], at=OUT)
    assert not TermReopening.objects.exists()
    undo_notice(rows[0].notice, proposal=0, reason="The citation is wrong.", by=cast["publisher"], at=OUT)
    proposals.withdraw(waits, by=cast["legal"], at=OUT)
    text = ExclusionText.objects.create(
        exclusion=press.listed.exclusion, text="Kerbs of rubber (6810.99.0080)", valid_from=date(2020, 8, 1)
    )
    draft = draft_terms(slug=SLUG, references=[text.exclusion.reference], by=cast["publisher"], at=OUT)
    with pytest.raises(WrongState, match=f"1 of these decisions stand in notice draft {draft.pk}"):
        propose(press, cast["legal"])
    drafting.drop_draft(draft, by=cast["publisher"], at=OUT)
    reopen(press, cast)
    assert not ExclusionTerm.objects.filter(status="pending").exists()


def test_each_commenter_gets_one_mail_with_the_reason(cast: Cast, references: list[str]) -> None:
    posted_comment(cast, "1-2")
    again = posted_comment(cast, "2")
    press = signed(cast, references[:2])[0]
    reopen(press, cast)
    mail = Notification.objects.get(template="reopen_terms")
    assert (mail.to, mail.context["numbers"], mail.context["reason"]) == (again.email.lower(), "1, 2", WHY)


@pytest.mark.parametrize(
    ("why", "said"), [("", "Say why"), ("Wrong.", "too short"), ("The record says so. " * 60, "The limit is 900")]
)
def test_a_reason_that_says_nothing_or_too_much_is_refused(
    cast: Cast, references: list[str], why: str, said: str
) -> None:
    press = signed(cast, references[:1])[0]
    with pytest.raises(ActionRefused, match=said):
        propose(press, cast["legal"], why)


def test_a_reason_that_repeats_what_a_commenter_gave_in_confidence_is_refused(
    cast: Cast, references: list[str]
) -> None:
    secret = "Talisker Grinding Works quoted 48,215 dollars for it."
    posted_comment(cast, "1", rationale_confidential=secret, rationale_confidential_ground="third_party")
    press = signed(cast, references[:1])[0]
    with pytest.raises(Repeats):
        propose(press, cast["legal"], "Talisker Grinding Works quoted too high a price for it.")


def test_counsel_proposes_on_the_page_of_the_press_and_the_signatory_confirms(
    cast: Cast, references: list[str], client_of: ClientOf, clock: Any, django_assert_max_num_queries: Any
) -> None:
    clock.move_to(ON)
    press = signed(cast, references[:3])[0]
    counsel, signatory = client_of(cast["legal"]), client_of(cast["signatory"])
    desk, all_presses = reverse("term-desk", args=[SLUG]), reverse("term-presses", args=[SLUG])
    page = reverse("term-press", args=[SLUG, press.pk])
    assert all_presses in counsel.get(desk).content.decode()
    with django_assert_max_num_queries(15):
        assert page in counsel.get(all_presses).content.decode()
    with django_assert_max_num_queries(15):
        assert "Reinstate: 3" in counsel.get(page).content.decode()
    assert client_of(cast["reviewer1"]).get(page).status_code == 200
    assert client_of(cast["reviewer1"]).post(page, {"reason": WHY}).status_code == 403
    assert counsel.get(reverse("term-press", args=[SLUG, press.pk + 99])).status_code == 404
    assert counsel.post(page, {"reason": ""}).status_code == 422
    sent = counsel.post(page, {"reason": WHY}, follow=True)
    assert "Nothing has changed yet" in sent.content.decode()
    where = sent.redirect_chain[-1][0]
    assert where in signatory.get(page).content.decode()
    assert all_presses in signatory.get(where).content.decode()
    assert signatory.post(where, {"answer": "confirm"}).status_code == 302
    shown = counsel.get(page).content.decode()
    assert WHY in shown
    assert "Propose" not in shown
    assert "Reopened, nothing recommended since" in counsel.get(desk).content.decode()
    recommend_terms(slug=SLUG, references=references[:3], choice="lapse", first=None, last=None, reasons=REASONS,
                    findings=FINDINGS, by=cast["reviewer1"], at=ON)  # fmt: skip
    assert "Recommended by" in counsel.get(desk).content.decode()
