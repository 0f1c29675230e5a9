"""The standing answers of the office, as everybody reads them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from exclusions.actions.review.standing_answers import publish_standing_answer, withdraw_standing_answer
from exclusions.errors import Incomplete
from exclusions.models import User
from tests.conftest import Clock

pytestmark = pytest.mark.django_db
WORDS = "A rise in price alone shows no severe economic harm."


def test_everybody_reads_the_answers_in_use_and_why_others_were_withdrawn(
    client: Client, cast: dict[str, User], clock: Clock
) -> None:
    page = reverse("standing-answers")
    assert "no standing answer that is in use" in client.get(page).content.decode()
    by, at = cast["legal"], clock.now
    made = [
        publish_standing_answer(title=title, words=f"{title}: {WORDS}", criterion="", by=by, at=at)
        for title in ("Price", "Time", "Quality")
    ]
    withdraw_standing_answer(made[1].pk, why="A court held otherwise.", by=by, at=at + timedelta(days=1))
    words = client.get(page).content.decode()
    in_use, _, withdrawn = words.partition("Decisions that were signed before still cite them.")
    for one in (made[0], made[2]):
        assert f'id="answer-{one.pk}"' in in_use
        assert one.words in in_use
    assert made[1].words in withdrawn
    assert "A court held otherwise." in withdrawn
    assert str(by) not in words
    assert "<form" not in words.partition("<main")[2].partition("</main>")[0]


def test_a_post_by_a_stranger_is_refused(client: Client) -> None:
    assert client.post(reverse("standing-answers"), {"title": "Price", "words": WORDS}).status_code == 405


def test_an_answer_of_three_words_is_refused_in_words_of_its_own(cast: dict[str, User], clock: Clock) -> None:
    with pytest.raises(Incomplete) as refused:
        publish_standing_answer(title="Price", words="See above.", criterion="", by=cast["legal"], at=clock.now)
    assert refused.value.fields == {
        "words": ["This answer is too short. Say in a whole sentence what the office answers to the argument."]
    }
