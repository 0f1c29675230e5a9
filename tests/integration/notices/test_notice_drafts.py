"""Notices from draft to publication: what is chosen, refused by name, sent, published, taken back."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from exclusions.actions.decision.undoing import enter_ace_day, undo_notice
from exclusions.actions.notices import drafting
from exclusions.actions.notices.drafting import DraftRow
from exclusions.actions.notices.publishing import publish_draft
from exclusions.errors import ActionRefused, Incomplete, NotPermitted, WrongState
from exclusions.gateways.annex.facts import read_facts
from exclusions.gateways.annex.files import notice_file
from exclusions.models import (
    Exclusion,
    ExclusionTerm,
    ExclusionText,
    NoticeDraft,
    NoticeItem,
    Notification,
    PublicNotice,
    TariffAction,
    User,
)
from exclusions.queries.notices import notice_drafts
from exclusions.queries.notices.annexes import annex_rows
from exclusions.workflow.states import Status
from tests.factories.casework.ways import TO_SIGNATURE
from tests.factories.petitions import TEXT, Journey
from tests.integration.loading.test_load_exclusions import load

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases("Rows are locked, which SQLite does not do.")]
Start = Callable[..., Journey]
Kind = NoticeItem.Kind
OTHER = "Kerbs of rubber (described in statistical reporting number 6810.99.0080)"
SLABS = "Slabs of onyx (described in statistical reporting number 6810.99.0010)"
GONE = "6810.99.0090"


def excluded(text: str, *, heading: str = "99038813", note: str = "p", seq: int = 1, **dates: Any) -> ExclusionTerm:
    """An exclusion of List 3 that applies, as a note printed it."""
    action = TariffAction.objects.get(code="3")
    key = f"{Exclusion.objects.count():064}"
    exclusion = Exclusion.objects.create(
        reference=f"L3-TEST-{key[-4:]}", action=action, product_key=key, created_at="2019-01-01T00:00Z"
    )
    ExclusionText.objects.create(exclusion=exclusion, text=text, valid_from=date(2018, 9, 24))
    days = {"valid_from": date(2018, 9, 24), "valid_to": date(2020, 8, 7), **dates}
    term = ExclusionTerm(
        exclusion=exclusion, heading=heading, note=note, seq=seq, item=str(seq), authority="84 FR 38717", **days
    )
    term.save()
    return term


def row(kind: str, term: ExclusionTerm, **facts: Any) -> DraftRow:
    values = {
        "heading": term.heading, "note": term.note, "text": term.exclusion.texts.get().text, "term": term, **facts
    }  # fmt: skip
    return DraftRow(kind, term.exclusion, **values)


def refusals(rows: list[DraftRow], by: User, at: Any) -> str:
    draft = drafting.draft_rows(rows, by=by, at=at)
    with pytest.raises(Incomplete) as refused:
        drafting.send_draft(draft, by=by, at=at)
    assert NoticeDraft.objects.get(pk=draft.pk).status == "drafted"
    return " ".join(refused.value.reasons)


def test_grants_go_from_draft_to_federal_register_to_ace(journey: Start, publisher: User) -> None:
    one, two = journey(), journey()
    one.take(*TO_SIGNATURE, "grant")
    two.take(*TO_SIGNATURE, "grant")
    excluded(OTHER, seq=10)
    at = max(one.at, two.at)
    draft = drafting.draft_notice([one.petition, two.petition], by=publisher, at=at)
    item = draft.items.get()
    assert (item.heading, item.note, item.number, item.cases.count()) == ("99038813", "p", 11, 2)
    with pytest.raises(WrongState, match=f"it is in notice draft {draft.pk} already"):
        drafting.draft_notice([one.petition], by=publisher, at=at)
    with pytest.raises(WrongState, match="You can do that only while it is sent"):
        publish_draft(draft, citation="84 FR 99999", published_on=at.date(), by=publisher, at=at)
    drafting.send_draft(draft, by=publisher, at=at)
    entered = publish_draft(draft, citation="84 FR 99999", published_on=at.date(), by=publisher, at=at)
    term = ExclusionTerm.objects.get(exclusion=item.exclusion)
    assert (term.status, term.seq, term.valid_to, term.authority) == ("published", 11, date(2020, 8, 7), "84 FR 99999")
    for case in (one.petition, two.petition):
        case.refresh_from_db()
        assert case.status == Status.PUBLISHED
    draft.refresh_from_db()
    assert (draft.status, draft.notice, draft.items.get().written) == ("published", entered, term)
    public = PublicNotice.objects.get(number=entered.pk)
    facts = read_facts(public.facts)
    assert (facts.requests, facts.rows[0].number, facts.citation) == (2, 11, "84 FR 99999")
    assert [one.text for one in annex_rows("99038813")] == [OTHER, TEXT]
    enter_ace_day(entered, at.date() + timedelta(days=9), by=publisher, at=at)
    assert PublicNotice.objects.get().in_ace_on == at.date() + timedelta(days=9)


def test_what_contradicts_itself_is_refused_by_name(journey: Start, publisher: User) -> None:
    at = journey().at
    first = excluded(OTHER, valid_to=date(2019, 8, 7))
    twin = excluded(OTHER.replace("Kerbs of rubber", "Kerbs, of rubber"), heading="99038818", note="w")
    days = {"starts_on": date(2019, 8, 8), "ends_on": date(2020, 8, 7)}
    new = {"heading": "99038833", "note": "ll", **days}
    again = refusals([row(Kind.EXTENSION, first, **new), row(Kind.EXTENSION, twin, **new)], publisher, at)
    assert (
        f"{first.exclusion} and {twin.exclusion} are the same product under 9903.88.33, in paragraphs 1 and 2" in again
    )
    whole = excluded("6810.99.0080", heading="99038818", note="w", seq=2)
    both = refusals([row(Kind.EXTENSION, whole, **new), row(Kind.REINSTATEMENT, first, **new)], publisher, at)
    assert f"6810.99.0080 is excluded whole by {whole.exclusion}, and {first.exclusion} describes" in both
    meets = refusals([row(Kind.REINSTATEMENT, first, starts_on=date(2019, 8, 1), number=9)], publisher, at)
    assert "the term from August 1, 2019 on overlaps its term from September 24, 2018 through August 7, 2019" in meets
    taken = refusals(
        [row(Kind.EXTENSION, whole, **{**new, "heading": "99038813", "note": "p"}, number=1)], publisher, at
    )
    gone = refusals(
        [row(Kind.EXTENSION, excluded(GONE, seq=40), **{**new, "heading": "99038840", "note": "ss"})], publisher, at
    )
    assert "6810.99.0090 is not in the schedule on" in gone
    assert f"Paragraph (1) of note 20(p), heading 9903.88.13, is used twice: by {first.exclusion} and by" in taken


def test_a_notice_that_names_no_subdivision_is_not_sent(journey: Start, publisher: User) -> None:
    at = journey().at
    moves = {"heading": "99038833", "note": "", "starts_on": date(2020, 8, 8), "ends_on": date(2020, 12, 31)}
    new, old = excluded(OTHER), excluded(SLABS, note="")
    where = "heading 9903.88.33: the U.S. note subdivision is empty, so the notice does not say which part of note 20"
    adds = refusals([row(Kind.EXTENSION, new, **moves)], publisher, at)
    assert f"{new.exclusion}, {where}" in adds
    assert "draft it again with the subdivision, for example 20(p)." in adds
    ends = refusals([row(Kind.WITHDRAWAL, old, number=1, ends_on=at.date())], publisher, at)
    assert "Correct the U.S. note of the exclusion’s term first, then draft it again." in ends


def test_a_paragraph_used_twice_is_refused_and_can_be_changed(journey: Start, publisher: User) -> None:
    at = journey().at
    one, two = excluded(SLABS), excluded(OTHER, seq=2)
    new = {"heading": "99038833", "note": "ll", "starts_on": date(2020, 8, 8), "ends_on": date(2020, 12, 31)}
    draft = drafting.draft_rows([row(Kind.EXTENSION, term, **new) for term in (one, two)], by=publisher, at=at)
    items = list(draft.items.order_by("number"))
    assert [item.exclusion for item in items] == [one.exclusion, two.exclusion], "by code"
    drafting.change_paragraphs(draft, {items[1].pk: 1}, by=publisher, at=at)
    with pytest.raises(Incomplete, match=r"Paragraph \(1\) of note 20\(ll\), heading 9903.88.33, is used twice"):
        drafting.send_draft(draft, by=publisher, at=at)
    drafting.change_paragraphs(draft, {items[1].pk: 5}, by=publisher, at=at)
    drafting.send_draft(draft, by=publisher, at=at)
    with pytest.raises(WrongState, match="do that only while it is drafted"):
        drafting.take_out(draft, [items[0].pk], by=publisher, at=at)
    drafting.reopen_draft(draft, by=publisher, at=at)
    drafting.take_out(draft, [items[0].pk], by=publisher, at=at)
    assert draft.items.get().number == 1
    assert drafting.drop_draft(draft, by=publisher, at=at).status == "dropped"
    assert list(notice_drafts.open_drafts()) == []


def test_extensions_reinstatements_and_amendments_are_written_by_a_notice(
    journey: Start, publisher: User, tmp_path: Path
) -> None:
    at = journey().at
    today = at.date()
    stays, moves, lapsed = (
        excluded(OTHER),
        excluded(TEXT, seq=2),
        excluded(SLABS, seq=3, valid_to=date(2019, 1, 1)),
    )
    new = {"heading": "99038833", "note": "ll", "ends_on": date(2020, 12, 31)}
    rows = [
        row(Kind.EXTENSION, stays, number=1, ends_on=date(2020, 12, 31), starts_on=date(2020, 8, 8)),
        row(Kind.EXTENSION, moves, starts_on=date(2020, 8, 8), **new),
        row(Kind.REINSTATEMENT, lapsed, starts_on=date(2019, 6, 1), **new),
        row(Kind.AMENDMENT, stays, number=1, text=OTHER.replace("rubber", "gum"), text_before=OTHER,
            starts_on=date(2019, 9, 1), heading="99038813"),
    ]  # fmt: skip
    draft = drafting.send_draft(drafting.draft_rows(rows, by=publisher, at=at), by=publisher, at=at)
    publish_draft(draft, citation="84 FR 77777", published_on=today, by=publisher, at=at)
    days = [
        list(term.exclusion.terms.order_by("valid_from").values_list("heading", "seq", "valid_from", "valid_to"))
        for term in (stays, moves, lapsed)
    ]
    first, last = date(2018, 9, 24), date(2020, 12, 31)
    assert days == [
        [("99038813", 1, first, last)],
        [("99038813", 2, first, date(2020, 8, 7)), ("99038833", 1, date(2020, 8, 8), last)],
        [("99038813", 3, first, date(2019, 1, 1)), ("99038833", 2, date(2019, 6, 1), last)],
    ]
    texts = stays.exclusion.texts.order_by("version").values_list("text", "valid_from", "valid_to")
    assert list(texts) == [
        (OTHER, first, date(2019, 8, 31)), (OTHER.replace("rubber", "gum"), date(2019, 9, 1), None)
    ]  # fmt: skip
    facts = read_facts(PublicNotice.objects.get().facts)
    (tmp_path / "customs.csv").write_bytes(notice_file(facts, "csv", at=at))
    assert "Nothing changed" in load(tmp_path / "customs.csv")
    assert annex_rows("99038813")[0].text == OTHER.replace("rubber", "gum")


def test_a_reinstatement_that_was_taken_back_is_published_again(journey: Start, publisher: User) -> None:
    at = journey().at
    lapsed = excluded(SLABS, valid_to=date(2019, 1, 1))
    days = {"starts_on": date(2019, 6, 1), "ends_on": date(2020, 12, 31)}
    rows = [row(Kind.REINSTATEMENT, lapsed, heading="99038833", note="ll", **days)]
    draft = drafting.draft_rows(rows, by=publisher, at=at)
    for _ in range(2):
        drafting.send_draft(draft, by=publisher, at=at)
        notice = publish_draft(draft, citation="84 FR 77777", published_on=at.date(), by=publisher, at=at)
        assert lapsed.exclusion.terms.get(heading="99038833", status="published").valid_to == date(2020, 12, 31)
        undo_notice(notice, proposal=0, reason="The page is wrong.", by=publisher, at=at)
        assert not lapsed.exclusion.terms.filter(heading="99038833", status="published").exists()


def test_the_agency_withdraws_an_exclusion_by_notice_and_tells_who_filed(
    to_sign: Journey, publisher: User, legal: User
) -> None:
    petition = to_sign.take("grant")
    at, today = to_sign.at, to_sign.at.date()
    granted = drafting.send_draft(drafting.draft_notice([petition], by=publisher, at=at), by=publisher, at=at)
    publish_draft(granted, citation="84 FR 99999", published_on=today, by=publisher, at=at)
    term = ExclusionTerm.objects.get()
    why, last_day = "The goods are made in the United States again.", today + timedelta(days=30)
    for day, reason, says in (
        (today - timedelta(days=1), why, "for past days"),
        (date(2020, 8, 7), why, "Choose a last day within"),
        (last_day, "", "Say why"),
    ):
        with pytest.raises(ActionRefused, match=says):
            drafting.draft_withdrawal([term], last_day=day, reason=reason, by=legal, at=at)
    draft = drafting.draft_withdrawal([term], last_day=last_day, reason=why, by=legal, at=at)
    drafting.send_draft(draft, by=publisher, at=at)
    publish_draft(draft, citation="84 FR 99998", published_on=today, by=publisher, at=at)
    ended = ExclusionTerm.objects.get()
    assert (ended.valid_to, ended.authority, ended.status) == (last_day, "84 FR 99998", "published")
    assert ended.supersedes == term
    assert why in ended.reason
    mail = Notification.objects.get(template="exclusion_withdrawn")
    assert petition.letters.get(kind="correction").supersedes.kind == "publication"
    assert (mail.to, mail.context["reason"]) == (petition.filed_by.email, why)


def test_what_changed_since_it_was_drafted_is_not_published(journey: Start, publisher: User, legal: User) -> None:
    at = journey().at
    term = excluded(OTHER)
    draft = drafting.draft_withdrawal(
        [term], last_day=at.date(), reason="The notice that granted it was in error.", by=legal, at=at
    )
    drafting.send_draft(draft, by=publisher, at=at)
    other = ExclusionTerm(exclusion=term.exclusion, heading=term.heading, supersedes=term, valid_from=term.valid_from)
    other.save()
    with pytest.raises(WrongState, match="has changed since it was drafted"):
        publish_draft(draft, citation="84 FR 99998", published_on=at.date(), by=publisher, at=at)
    assert not PublicNotice.objects.exists()


def test_only_the_publisher_drafts(journey: Start, publisher: User, signatory: User) -> None:
    at = journey().at
    with pytest.raises(NotPermitted):
        drafting.draft_rows([row(Kind.EXTENSION, excluded(OTHER))], by=signatory, at=at)
    draft = drafting.draft_rows([row(Kind.EXTENSION, excluded(OTHER))], by=publisher, at=at)
    with pytest.raises(NotPermitted):
        drafting.send_draft(draft, by=signatory, at=at)
    with pytest.raises(NotPermitted, match="Only legal counsel"):
        drafting.draft_withdrawal([], last_day=at.date(), reason="It is over.", by=publisher, at=at)
