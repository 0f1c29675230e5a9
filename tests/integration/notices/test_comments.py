"""Comments on listed exclusions: anybody's, confirmed, posted; a public rationale is mandatory."""

from datetime import timedelta

import pytest
from django.urls import reverse

from exclusions.actions.notices.comments import (
    comment_on,
    numbers_in,
    post_comment,
    refuse_comment,
    withdraw_comment,
)
from exclusions.errors import Incomplete, Repeats, WrongState
from exclusions.models import AccessLog, Comment, Notification, PublicComment
from exclusions.queries.record.leak_sweep import leaks
from tests.factories.notices.listed import (
    OPEN,
    SLUG,
    comment_answers,
    commented,
    listed_round,
    posted_comment,
)
from tests.factories.world import token_of

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases("Rows are locked, which SQLite does not do.")]
SECRET = "Talisker Grinding Works quoted 48,215 dollars for the fixture"


@pytest.fixture(autouse=True)
def round_2021(db):
    return listed_round(each=2)


def test_a_comment_without_a_public_rationale_is_refused_even_with_a_confidential_one() -> None:
    answers = comment_answers(rationale="", rationale_confidential=SECRET)
    with pytest.raises(Incomplete) as refused:
        comment_on(slug=SLUG, answers=answers, by=None, at=OPEN)
    assert "rationale" in refused.value.fields
    assert not Comment.objects.exists()
    assert not Notification.objects.exists()


def test_one_comment_on_several_exclusions_counts_once_on_each_and_shows_no_confidence(cast, client) -> None:
    posted = posted_comment(cast, "1-2, 4", rationale_confidential=SECRET, rationale_confidential_ground="third_party")
    assert posted.reference == "USTR-2021-0019-000001"
    rows = client.get(reverse("api-listed", args=[SLUG])).json()["results"]
    assert [(row["supports"], row["opposes"]) for row in rows[:5]] == [(1, 0), (1, 0), (0, 0), (1, 0), (0, 0)]
    for address in (reverse("listed-exclusion", args=[SLUG, 4]), reverse("api-listed-exclusion", args=[SLUG, 4])):
        body = client.get(address).content.decode()
        assert "Meadowlark Infant Care LLC" in body
        assert "Talisker" not in body
        assert "48,215" not in body
        assert "ada@meadowlark.example" not in body
    assert PublicComment.objects.get().lines.count() == 3
    assert [str(leak) for leak in leaks()] == []


def test_a_value_given_in_confidence_is_not_said_in_public_by_its_author_nor_by_another(cast) -> None:
    with pytest.raises(Repeats):
        comment_on(
            slug=SLUG, answers=comment_answers(rationale=f"We know that {SECRET}.", rationale_confidential=SECRET,
                                               rationale_confidential_ground="third_party"), by=None, at=OPEN,
        )  # fmt: skip
    posted_comment(cast, "1", rationale_confidential=SECRET, rationale_confidential_ground="third_party")
    other = commented("1, 2", rationale="Our friends tell us that Talisker Grinding Works quoted 48,215 dollars.",
                      org_legal_name="Brook Tooling Inc", position="oppose")  # fmt: skip
    with pytest.raises(Repeats):
        post_comment(other, by=cast["intake"], at=OPEN + timedelta(days=1))
    declined = refuse_comment(other, reason="It names what another commenter gave in confidence.", by=cast["intake"],
                              at=OPEN + timedelta(days=1))  # fmt: skip
    assert declined.status == "refused"


def test_a_leak_that_got_past_the_doors_is_found_by_the_sweep(cast) -> None:
    posted_comment(cast, "1", rationale_confidential=SECRET, rationale_confidential_ground="third_party")
    copy = PublicComment.objects.get()
    copy.organization_name = "Talisker Grinding Works"
    copy.save()
    assert any("USTR-2021-0019-000001" in str(leak) for leak in leaks())


@pytest.mark.parametrize("exclusions", ["", "7", "one", "3-1", "1-9999", "1;a"])
def test_what_names_no_exclusion_of_the_round_is_refused_at_its_question(exclusions: str) -> None:
    with pytest.raises(Incomplete) as refused:
        comment_on(slug=SLUG, answers=comment_answers(exclusions), by=None, at=OPEN)
    assert "exclusions" in refused.value.fields


def test_numbers_are_read_as_people_type_them() -> None:
    assert numbers_in("12, 40 - 42;3 3") == [12, 40, 41, 42, 3]


def test_once_comments_are_closed_one_stays_on_record(round_2021) -> None:
    posted = commented(at=round_2021.closes_at - timedelta(hours=1))
    with pytest.raises(WrongState, match=r"closed on Wednesday, December 1, 2021, 11:59.*stays on record"):
        withdraw_comment(token=token_of(posted), at=round_2021.closes_at + timedelta(seconds=1))


def test_a_withdrawn_comment_leaves_that_it_was_there_and_counts_no_more(cast, client) -> None:
    posted = posted_comment(cast)
    withdraw_comment(token=token_of(posted), at=OPEN + timedelta(days=2))
    body = client.get(reverse("listed-exclusion", args=[SLUG, 1])).content.decode()
    assert "Withdrawn by its author" in body
    assert "Meadowlark" not in body
    assert client.get(reverse("api-listed-exclusion", args=[SLUG, 1])).json()["supports"] == 0


def test_the_clerk_who_opens_the_desk_is_noted_to_have_read_each_comment(cast, client) -> None:
    comment = commented()
    client.force_login(cast["intake"])
    assert "Meadowlark" in client.get(reverse("comments")).content.decode()
    assert AccessLog.objects.filter(subject=f"comment:{comment.pk}", by=cast["intake"]).exists()
