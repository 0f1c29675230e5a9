"""Decisions on listed exclusions in drafted notices: drafted, published as decided, taken back; what is refused."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from exclusions.actions.decision.notices import Notice
from exclusions.actions.decision.undoing import undo_notice
from exclusions.actions.notices import drafting
from exclusions.actions.notices.publishing import publish_draft
from exclusions.actions.notices.term_drafts import draft_terms
from exclusions.actions.notices.term_notices import publish_terms
from exclusions.errors import ActionRefused, NotPermitted
from exclusions.gateways.annex.facts import read_facts
from exclusions.models import (
    ExclusionTerm,
    ExclusionText,
    FederalNotice,
    ListedExclusion,
    NoticeDraft,
    NoticeTerm,
    PrintedWording,
    PublicNotice,
    PublicTermDecision,
    TermDecision,
)
from exclusions.queries.notices import notice_drafts
from exclusions.queries.notices.annexes import annex_rows
from tests.factories.notices.listed import AFTER, SLUG, extension_round, listed_round, signed
from tests.factories.petitions import Journey

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases("Rows are locked, which SQLite does not do.")]
CITED = "87 FR 17380"
DAY = date(2022, 3, 28)
ON = AFTER + timedelta(days=10)
TEXTS = ("Kerbs of rubber, the {} of them (described in statistical reporting number 6810.99.0080)",)
WORDS = ("first", "second", "third", "fourth", "fifth", "sixth")


def words(number: int) -> str:
    return TEXTS[0].format(WORDS[number - 1])


@pytest.fixture(autouse=True)
def references(db: None) -> list[str]:
    """List six exclusions, all but the last of them with a text."""
    listed_round(each=2)
    rows = list(ListedExclusion.objects.select_related("exclusion").order_by("number"))
    for row in rows[:-1]:
        ExclusionText.objects.create(exclusion=row.exclusion, text=words(row.number), valid_from=date(2020, 8, 1))
    return [row.exclusion.reference for row in rows]


def drafted(cast: Any, chosen: list[str], **over: Any) -> NoticeDraft:
    return draft_terms(slug=SLUG, references=chosen, by=cast["publisher"], at=ON, **over)


def published(cast: Any, draft: NoticeDraft, at: Any = ON) -> FederalNotice:
    drafting.send_draft(draft, by=cast["publisher"], at=at)
    return publish_draft(draft, citation=CITED, published_on=DAY, by=cast["publisher"], at=at)


def test_what_was_reinstated_is_drafted_published_and_its_terms_are_those_decided(cast: Any, references: Any) -> None:
    decided = signed(cast, references[:3])
    draft = drafted(cast, references[:3])
    items = list(draft.items.order_by("note", "number"))
    assert {item.kind for item in items} == {"reinstatement"}
    assert [(item.heading, item.note, item.number) for item in items] == [
        ("99038867", "ttt(ii)", 1), ("99038867", "ttt(iv)", 1), ("99038867", "ttt(iv)", 2)
    ]  # fmt: skip
    facts = notice_drafts.facts_of(draft, notice_drafts.items_of(draft))
    whole = " ".join(block.line for block in notice_drafts.blocks_of(facts))
    assert "0 ten-digit subheadings and 3 specially prepared product descriptions are reinstated" in whole
    assert "invited comments on whether particular exclusions should be extended or reinstated" in whole
    assert words(1) in whole
    notice = published(cast, draft)
    terms = ExclusionTerm.objects.filter(heading="99038867")
    for decision in decided:
        public = PublicTermDecision.objects.get(listed=decision.listed)
        term = terms.get(exclusion=decision.listed.exclusion)
        assert (term.valid_from, term.valid_to) == (public.starts_on, public.ends_on)
        assert (term.status, term.authority, term.published_on) == ("published", CITED, DAY)
        assert term.supersedes == decision.term
        assert NoticeTerm.objects.get(decision=decision).notice == notice
        assert NoticeTerm.objects.get(decision=decision).term == term
    assert not ExclusionTerm.objects.filter(status="pending").exists()
    assert [row.text for row in annex_rows("99038867")] == [words(3), words(1), words(2)]
    assert PrintedWording.objects.filter(heading="99038867").count() == 3
    told = read_facts(PublicNotice.objects.get(number=notice.pk).facts)
    assert (told.citation, len(told.rows), [one.lists for one in told.rounds]) == (CITED, 3, [True])


def test_an_extension_is_of_the_new_heading_and_a_transition_stays_at_its_place(cast: Any, references: Any) -> None:
    signed(cast, references[:1], "lapse", None, date(2021, 3, 31))
    signed(cast, references[2:3], "extend", None, date(2021, 6, 30))
    draft = drafted(cast, [references[0], references[2]])
    facts = notice_drafts.facts_of(draft, notice_drafts.items_of(draft))
    stays, moves = facts.rows
    assert (stays.heading, stays.number, stays.ends_before, stays.ends_on) == (
        "9903.88.57", 1, "2020-12-31", "2021-03-31"
    )  # fmt: skip
    assert (moves.kind, moves.heading, moves.starts_on, moves.ends_before) == (
        "extension", "9903.88.67", "2021-01-01", ""
    )  # fmt: skip
    whole = " ".join(block.line for block in notice_drafts.blocks_of(facts))
    assert "by deleting “December 31, 2020” and inserting “March 31, 2021”" in whole
    published(cast, draft)
    first = ListedExclusion.objects.get(number=1).exclusion
    own = list(first.terms.order_by("valid_from").values_list("heading", "seq", "valid_from", "valid_to"))
    assert own == [
        ("99038857", 1, date(2020, 9, 1), date(2020, 12, 31)), ("99038857", 1, date(2021, 1, 1), date(2021, 3, 31))
    ]  # fmt: skip
    again = [row for row in annex_rows("99038857") if row.exclusion == references[0]]
    assert [(row.starts_on, row.ends_on) for row in again] == [("2020-09-01", "2021-03-31")], "printed once"


def test_a_notice_taken_back_leaves_the_decisions_waiting_for_the_next_one(cast: Any, references: Any) -> None:
    decided = signed(cast, references[:2])
    draft = drafted(cast, references[:2])
    notice = published(cast, draft)
    undo_notice(notice, proposal=0, reason="The citation is wrong.", by=cast["publisher"], at=ON)
    terms = ExclusionTerm.objects.filter(exclusion__in=[one.listed.exclusion for one in decided], status="pending")
    assert set(terms.values_list("heading", "seq", "valid_from", "authority")) == {
        ("99038867", 0, date(2021, 10, 12), "")
    }
    draft.refresh_from_db()
    assert draft.status == "drafted"
    published(cast, draft, ON + timedelta(hours=1))
    assert NoticeTerm.objects.filter(decision=decided[0]).count() == 2
    with pytest.raises(ActionRefused, match="published this decision already"):
        drafted(cast, references[:1])
    assert ExclusionTerm.objects.filter(heading="99038867", status="published").count() == 2


def test_a_notice_entered_directly_is_taken_back_with_its_terms(cast: Any, references: Any) -> None:
    signed(cast, references[:1])
    how = {"slug": SLUG, "references": references[:1], "notice": Notice(CITED, DAY), "by": cast["publisher"]}
    rows = publish_terms(**how, at=ON)
    undo_notice(rows[0].notice, proposal=0, reason="The citation is wrong.", by=cast["publisher"], at=ON)
    assert ExclusionTerm.objects.get(heading="99038867").status == "pending"
    publish_terms(**how, at=ON + timedelta(hours=1))
    assert ExclusionTerm.objects.get(heading="99038867").status == "published"
    assert {row.text for row in annex_rows("99038867")} == {words(1)}
    assert PrintedWording.objects.filter(heading="99038867", version=1).exists()


def test_a_decision_stands_in_one_open_notice_and_is_not_published_beside_it(cast: Any, references: Any) -> None:
    signed(cast, references[:2])
    draft = drafted(cast, references[:1])
    with pytest.raises(ActionRefused, match=f"{references[0]}: it is in notice draft {draft.pk} already"):
        drafted(cast, references[:2])
    notice = Notice(CITED, DAY)
    with pytest.raises(ActionRefused, match=f"{references[0]}: it is in notice draft {draft.pk}"):
        publish_terms(slug=SLUG, references=references[:2], notice=notice, by=cast["publisher"], at=ON)
    drafting.drop_draft(draft, by=cast["publisher"], at=ON)
    assert drafted(cast, references[:2]).items.count() == 2


def test_what_no_annex_can_print_is_refused_by_name_and_left_out_of_all(cast: Any, references: Any) -> None:
    signed(cast, references[:1], "lapse", None, None)
    signed(cast, [references[2], references[5]])
    for chosen, said in (
        (references[:1], f"{references[0]}: it lapses without a transition"),
        (references[1:2], f"{references[1]}: it is not signed yet"),
        (references[5:], rf"{references[5]}: its text \(U.S. note 20\(iii\)\(2\), heading 9903.88.56\) is not in the"),
    ):
        with pytest.raises(ActionRefused, match=said):
            drafted(cast, chosen)
        with pytest.raises(ActionRefused, match="None of these exclusions is signed and waits"):
            drafted(cast, chosen, only_waiting=True)
    assert not NoticeDraft.objects.exists()
    draft = drafted(cast, references, only_waiting=True)
    assert [item.exclusion.reference for item in draft.items.all()] == [references[2]]
    with pytest.raises(NotPermitted):
        draft_terms(slug=SLUG, references=references[:1], by=cast["signatory"], at=ON)


@pytest.mark.parametrize(("day", "said"), [(date(2022, 3, 1), "cannot be older than the decision"), (DAY, "changed")])
def test_a_notice_that_is_older_or_of_a_changed_decision_publishes_nothing(
    cast: Any, references: Any, day: date, said: str
) -> None:
    signed(cast, references[:2])
    draft = drafting.send_draft(drafted(cast, references[:2]), by=cast["publisher"], at=ON)
    if day == DAY:
        term = TermDecision.objects.get(listed__number=2).term
        assert term
        ExclusionTerm.objects.create(
            exclusion=term.exclusion, heading=term.heading, note=term.note, supersedes=term, valid_from=date(2030, 1, 1)
        )
    with pytest.raises(ActionRefused, match=said):
        publish_draft(draft, citation=CITED, published_on=day, by=cast["publisher"], at=ON)
    assert not FederalNotice.objects.exists()
    assert not NoticeTerm.objects.exists()


def test_who_filed_for_an_exclusion_is_told_that_it_is_extended_and_that_this_was_taken_back(
    published_once: Journey, cast: Any
) -> None:
    case = published_once
    petition = case.petition
    at = case.at + timedelta(days=2)
    term = ExclusionTerm.objects.filter(exclusion=petition.decision.exclusion).get()
    round = extension_round(term, at)
    last = term.valid_to + timedelta(days=90)
    signed(cast, [term.exclusion.reference], "extend", None, last, at, slug=round.slug)
    at += timedelta(days=1)
    draft = draft_terms(slug=round.slug, references=[term.exclusion.reference], by=cast["publisher"], at=at)
    drafting.send_draft(draft, by=cast["publisher"], at=at)
    notice = publish_draft(draft, citation="84 FR 70616", published_on=at.date(), by=cast["publisher"], at=at)
    letters = petition.letters.filter(kind="correction").order_by("pk")
    assert [letter.supersedes.kind for letter in letters] == ["publication"]
    assert draft.items.get().number == term.seq, "at its place"
    assert set(term.exclusion.terms.values_list("valid_to", "seq")) == {(term.valid_to, term.seq), (last, term.seq)}
    undo_notice(notice, proposal=0, reason="The citation is wrong.", by=cast["publisher"], at=at + timedelta(hours=1))
    assert letters.all().count() == 2


def test_the_publisher_drafts_on_the_desk_and_reads_where_each_stands(
    cast: Any, references: Any, client: Any, clock: Any
) -> None:
    clock.move_to(ON)
    signed(cast, references[:2])
    client.force_login(cast["publisher"])
    address, desk = reverse("terms-draft", args=[SLUG]), reverse("term-desk", args=[SLUG])
    typed = {"citation": "87 FR 1", "note": "no note", "exclusion": references[:1]}
    refused = client.post(address, typed)
    assert refused.status_code == 422
    assert "87 FR 1" in refused.content.decode()
    made = client.post(address, {"all_of_them": "1"}, follow=True)
    assert "Drafted with 2 items. 4 left out" in made.content.decode()
    assert words(1) in made.content.decode()
    draft = NoticeDraft.objects.get()
    assert f"Signed, in notice draft {draft.pk}" in client.get(desk).content.decode()
    client.post(reverse("notice-draft", args=[draft.pk]), {"verb": "send"})
    client.post(
        reverse("notice-draft", args=[draft.pk]), {"verb": "publish", "citation": CITED, "published_on": str(DAY)}
    )
    assert f"Published, {CITED}" in client.get(desk).content.decode()
