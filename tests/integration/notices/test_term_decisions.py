"""Decisions on listed exclusions: recommended, signed by another person, published by a notice; what is refused."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from exclusions.actions.decision.notices import Notice
from exclusions.actions.notices import term_decisions
from exclusions.actions.notices.term_decisions import recommend_terms, sign_terms
from exclusions.actions.notices.term_notices import publish_terms
from exclusions.errors import ActionRefused, Incomplete, NotPermitted, Repeats
from exclusions.models import (
    ExclusionTerm,
    FederalNotice,
    ListedExclusion,
    Notification,
    PublicTermDecision,
    TermDecision,
    TermRecommendation,
)
from exclusions.workflow.term_choices import Factor, Found
from tests.factories.cast import SignedIn
from tests.factories.notices.listed import AFTER, FINDINGS, REASONS, SLUG, listed_round, posted_comment, signed

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases("Rows are locked, which SQLite does not do.")]
NOTICE = Notice("87 FR 17380", date(2022, 3, 28))
ON = AFTER + timedelta(days=10)
DAYS = {"first": date(2021, 10, 12), "last": date(2022, 12, 31)}


@pytest.fixture(autouse=True)
def references(db) -> list[str]:
    listed_round(each=2)
    return [row.exclusion.reference for row in ListedExclusion.objects.order_by("number")]


def recommend(references, by, **over):
    given = {"choice": "reinstate", "reasons": REASONS, "findings": FINDINGS, **DAYS, **over}
    return recommend_terms(slug=SLUG, references=references, by=by, at=AFTER, **given)


def test_a_reinstated_exclusion_keeps_the_gap_before_it_and_each_list_is_numbered_for_itself(
    cast, references, client
) -> None:
    decided = signed(cast, references[:3])
    assert [one.term.status for one in decided] == ["pending"] * 3
    publish_terms(slug=SLUG, references=references[:3], notice=NOTICE, by=cast["publisher"], at=ON)
    terms = ExclusionTerm.objects.filter(heading="99038867").order_by("note", "seq")
    assert [(term.note, term.item) for term in terms] == [("ttt(ii)", "1"), ("ttt(iv)", "1"), ("ttt(iv)", "2")]
    assert {(term.valid_from, term.valid_to, term.status, term.authority) for term in terms} == {
        (date(2021, 10, 12), date(2022, 12, 31), "published", "87 FR 17380")
    }
    assert FederalNotice.objects.filter(citation="87 FR 17380").count() == 2, "one a list"
    first = terms.get(note="ttt(iv)", seq=1).exclusion
    own = list(first.terms.order_by("valid_from").values_list("valid_from", "valid_to"))
    assert own == [(date(2020, 9, 1), date(2020, 12, 31)), (date(2021, 10, 12), date(2022, 12, 31))]
    page = client.get(reverse("exclusion", args=[first.reference])).content.decode()
    assert "Dec 31, 2020" in page
    assert "Oct 12, 2021" in page
    assert "87 FR 17380" in page
    public = client.get(reverse("listed-exclusion", args=[SLUG, 1])).content.decode()
    assert REASONS in public
    assert "Every commenter says" in public


def test_what_lapses_gets_no_term_and_a_transition_runs_on_under_its_own_heading(cast, references) -> None:
    signed(cast, references[:1], "lapse", None, None)
    signed(cast, references[1:2], "lapse", None, date(2021, 3, 31))
    signed(cast, references[2:3], "extend", None, date(2021, 6, 30))
    publish_terms(slug=SLUG, references=references[:3], notice=NOTICE, by=cast["publisher"], at=ON)
    first, second, third = (ListedExclusion.objects.get(number=n).exclusion for n in (1, 2, 3))
    assert first.terms.count() == 1
    after = second.terms.get(valid_from=date(2021, 1, 1))
    assert (after.heading, after.valid_to) == ("99038857", date(2021, 3, 31))
    extended = third.terms.get(valid_from=date(2021, 1, 1))
    assert (extended.heading, extended.valid_to) == ("99038867", date(2021, 6, 30))
    assert Notification.objects.count() == 0, "no letter to anybody"


@pytest.mark.parametrize(
    ("over", "said"),
    [
        ({"last": date(2021, 10, 11)}, "is before the first"),
        ({"first": None}, "Give the first day"),
        ({"last": None}, "Give the last day"),
        ({"choice": "extend", "first": date(2021, 2, 1)}, "goes on from January 1, 2021"),
        ({"choice": "lapse", "last": None}, "has no new first day"),
        ({"choice": "keep"}, "Choose what happens to it"),
        ({"findings": {}}, "at least one factor"),
        ({"findings": {"harm": ("supports", " ")}}, "Give the reasons of the finding"),
        ({"reasons": "…"}, "says too little|too little|what"),
    ],
)
def test_days_choice_reasons_and_findings_that_do_not_fit_are_refused(cast, references, over, said) -> None:
    with pytest.raises(ActionRefused, match=said):
        recommend(references[:2], cast["reviewer1"], **over)
    assert not TermRecommendation.objects.exists()


def test_an_exclusion_that_was_never_granted_or_that_the_round_does_not_list_is_refused(cast, references) -> None:
    term = ListedExclusion.objects.get(number=1).term
    ExclusionTerm.objects.create(exclusion=term.exclusion, heading=term.heading, note=term.note, status="deleted",
                                 supersedes=term)  # fmt: skip
    with pytest.raises(ActionRefused, match="never granted"):
        recommend(references[:1], cast["reviewer1"])
    with pytest.raises(ActionRefused, match=f"{references[0]}: This exclusion was never granted"):
        recommend(references[:2], cast["reviewer1"])
    with pytest.raises(ActionRefused, match="does not list this exclusion"):
        recommend([references[1], "L1-8413810040-ABCDEF"], cast["reviewer1"])
    assert not TermRecommendation.objects.exists(), "all or none"


def test_a_term_that_overlaps_another_under_the_same_heading_is_refused_and_across_headings_is_not(
    cast, references
) -> None:
    exclusion = ListedExclusion.objects.get(number=1).exclusion
    ExclusionTerm.objects.create(exclusion=exclusion, heading="99038865", note="rrr", valid_from=date(2021, 10, 1),
                                 valid_to=date(2021, 11, 30))  # fmt: skip
    recommend(references[:1], cast["reviewer1"])
    ExclusionTerm.objects.create(exclusion=exclusion, heading="99038867", note="ttt(iv)", valid_from=date(2022, 1, 1),
                                 valid_to=date(2022, 2, 28))  # fmt: skip
    with pytest.raises(
        ActionRefused, match=r"overlap the term of this exclusion under 9903\.88\.67 from January 1, 2022"
    ):
        sign_terms(slug=SLUG, references=references[:1], by=cast["signatory"], at=ON)
    assert not TermDecision.objects.exists()
    assert not ExclusionTerm.objects.filter(status="pending").exists()


def test_two_persons_decide_and_each_in_their_own_role(cast, references) -> None:
    with pytest.raises(NotPermitted):
        recommend(references[:1], cast["signatory"])
    with pytest.raises(ActionRefused, match="no one has recommended anything"):
        sign_terms(slug=SLUG, references=references[:1], by=cast["signatory"], at=ON)
    recommend(references[:1], cast["reviewer2"])
    with pytest.raises(NotPermitted):
        sign_terms(slug=SLUG, references=references[:1], by=cast["reviewer2"], at=ON)
    decided = sign_terms(slug=SLUG, references=references[:1], by=cast["signatory"], at=ON)
    with pytest.raises(ActionRefused, match="decided already"):
        sign_terms(slug=SLUG, references=references[:1], by=cast["signatory"], at=ON)
    with pytest.raises(ActionRefused, match="decided already"):
        recommend(references[:1], cast["reviewer1"])
    with pytest.raises(IntegrityError), transaction.atomic():
        TermDecision.objects.filter(pk=decided[0].pk).update(signed_at=AFTER)


def test_reasons_that_repeat_what_a_commenter_gave_in_confidence_are_refused(cast, references) -> None:
    posted_comment(cast, "2", rationale_confidential="Talisker Grinding Works quoted 48,215 dollars for it.",
                   rationale_confidential_ground="third_party")  # fmt: skip
    with pytest.raises(Repeats):
        recommend(references[:2], cast["reviewer1"], reasons="Talisker Grinding Works quoted too high a price for it.")
    recommend(references[:1], cast["reviewer1"], reasons="Talisker Grinding Works quoted too high a price for it.")


@pytest.mark.parametrize(
    ("notice", "said"),
    [
        (Notice("87 FR", date(2022, 3, 28)), "not a Federal Register citation"),
        (Notice("86 FR 17380", date(2022, 3, 28)), "volume 87"),
        (Notice("87 FR 17380", date(2022, 4, 28)), "in the future"),
        (Notice("87 FR 17380", date(2022, 3, 1)), "cannot be older"),
        (Notice("87 FR 17380", date(2022, 3, 28), heading="9903.88.05"), "not a heading for exclusions"),
    ],
)
def test_a_notice_that_does_not_fit_publishes_nothing(cast, references, notice, said) -> None:
    signed(cast, references[:2])
    with pytest.raises(ActionRefused, match=said):
        publish_terms(slug=SLUG, references=references[:2], notice=notice, by=cast["publisher"], at=ON)
    assert not FederalNotice.objects.exists()
    assert not ExclusionTerm.objects.filter(heading="99038867", status="published").exists()


def test_a_paragraph_is_used_once_and_a_decision_published_once(cast, references) -> None:
    signed(cast, references[:2])
    with pytest.raises(ActionRefused, match="not decided yet"):
        publish_terms(slug=SLUG, references=references[:3], notice=NOTICE, by=cast["publisher"], at=ON)
    twice = dict.fromkeys(references[:2], ("ttt(iv)", "7"))
    with pytest.raises(ActionRefused, match="is given to 2 exclusions"):
        publish_terms(slug=SLUG, references=references[:2], notice=NOTICE, places=twice, by=cast["publisher"], at=ON)
    places = {references[0]: ("ttt(iv)", "7")}
    publish_terms(slug=SLUG, references=references[:1], notice=NOTICE, places=places, by=cast["publisher"], at=ON)
    again = {references[1]: ("ttt(iv)", "7")}
    with pytest.raises(ActionRefused, match=f"is {references[0]} already"):
        publish_terms(slug=SLUG, references=references[1:2], notice=NOTICE, places=again, by=cast["publisher"], at=ON)
    with pytest.raises(ActionRefused, match="published this decision already"):
        publish_terms(slug=SLUG, references=references[:1], notice=NOTICE, by=cast["publisher"], at=ON)


def test_the_desk_takes_all_that_the_filters_leave_and_keeps_what_was_typed(
    cast, references, client, django_assert_max_num_queries
) -> None:
    client.force_login(cast["reviewer1"])
    desk = reverse("term-desk", args=[SLUG])
    with django_assert_max_num_queries(16):
        assert client.get(desk).status_code == 200
    typed = {"choice": "reinstate", "first": "2021-10-12", "last": "2020-10-12", "reasons": REASONS,
             "result_harm": "supports", "reasons_harm": "Forty jobs hang on it.",
             "exclusion": references[:2]}  # fmt: skip
    address = f"{reverse('terms-recommend', args=[SLUG])}?action=4A"
    refused = client.post(address, typed)
    assert refused.status_code == 422
    body = refused.content.decode()
    assert "is before the first" in body
    assert "Forty jobs hang on it." in body
    assert body.count("checked") >= 2
    client.post(address, {**typed, "last": "2022-12-31", "exclusion": [], "all_of_them": "1"})
    assert TermRecommendation.objects.count() == 2
    client.force_login(cast["signatory"])
    client.post(reverse("terms-sign", args=[SLUG]), {"exclusion": references[:2]})
    assert PublicTermDecision.objects.count() == 2
    client.force_login(cast["importer"])
    assert client.get(desk).status_code == 403


def test_a_press_that_signs_many_is_asked_once_more_with_what_it_does(
    cast, references, client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(term_decisions, "UNASKED", 1)
    recommend(references[:2], cast["reviewer1"])
    recommend(references[2:3], cast["reviewer1"], choice="lapse", first=None, last=None)
    client.force_login(cast["signatory"])
    url, chosen = reverse("terms-sign", args=[SLUG]), {"exclusion": references[:3]}
    page = client.post(url, chosen)
    words = page.content.decode()
    assert "You are about to sign 3 decisions." in words
    assert "Reinstate from October 12, 2021 through December 31, 2022" in words
    assert "Let lapse" in words
    assert not TermDecision.objects.exists()
    seen = page.context["seen"]
    recommend(references[2:3], cast["reviewer2"])
    again = client.post(url, {**chosen, "seen": seen})
    assert "The recommendations have changed since you looked." in again.content.decode()
    assert not TermDecision.objects.exists()
    assert client.post(url, {**chosen, "seen": again.context["seen"]}).status_code == 302
    assert TermDecision.objects.count() == 3


def test_one_decision_is_signed_unasked(cast, references) -> None:
    recommend(references[:1], cast["reviewer1"])
    assert len(sign_terms(slug=SLUG, references=references[:1], by=cast["signatory"], at=ON)) == 1


def test_reasons_of_one_factor_that_repeat_those_of_another_are_asked_about(cast, references) -> None:
    page = {"choice": "reinstate", "first": "2021-10-12", "last": "2022-12-31", "reasons": REASONS,
            "exclusion": references[:1]}  # fmt: skip
    for factor in list(FINDINGS)[:1]:
        page |= {f"result_{factor}": FINDINGS[factor][0], f"reasons_{factor}": "No maker outside China offers it."}
    other = next(str(one) for one in Factor if f"result_{one}" not in page)
    page |= {f"result_{other}": Found.SUPPORTS, f"reasons_{other}": "no maker outside China offers it"}
    client = SignedIn(cast["reviewer1"])
    address = reverse("terms-recommend", args=[SLUG])
    answer = client.post(address, page)
    assert answer.status_code == 422
    assert "his reason repeats the one on" in answer.content.decode()
    assert 'type="checkbox" name="meant"' in " ".join(answer.content.decode().split())
    assert not TermRecommendation.objects.exists()
    assert client.post(address, {**page, "meant": "on"}).status_code == 302
    assert TermRecommendation.objects.count() == 1


def test_a_finding_of_three_words_is_refused_beside_its_field(cast, references) -> None:
    factor, (result, _) = next(iter(FINDINGS.items()))
    with pytest.raises(Incomplete) as refused:
        recommend(references[:1], cast["reviewer1"], findings={factor: (result, "It is so.")})
    assert list(refused.value.fields) == [f"reasons_{factor}"]
