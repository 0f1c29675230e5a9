"""Work at a desk is somebody's: who has the case does it, and nobody records over what he has not seen."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from exclusions.actions.review import reviews
from exclusions.errors import Conflict
from exclusions.models import Notification, Petition, User
from exclusions.workflow.states import Status
from tests.factories.people import make_person
from tests.factories.petitions import Journey

SignIn = Callable[[User | None], Client]
Bring = Callable[[Status], Petition]

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague(db: None) -> User:
    """Return another level 1 reviewer."""
    return make_person("Cora Colleague", role="reviewer1")


@pytest.fixture
def level1(level1_once: Journey, clock: Any) -> Petition:
    """Return a case at level 1; the clock stands after its last step."""
    petition = level1_once.petition
    clock.move_to(petition.updated_at + timedelta(hours=1))
    return petition


def post(client: Client, page: str, /, *arguments: Any, **data: Any) -> tuple[int, str]:
    """Post a form; return the status of the first answer and the text of the page that it leads to."""
    url = reverse(page, args=arguments)
    answer = client.post(url, data)
    text = client.get(answer["Location"]).content.decode() if answer.status_code == 302 else answer.content.decode()
    return answer.status_code, text


SAID = {"result": "supports", "reasons": "It is not made here."}


def test_only_who_has_a_case_works_it_and_who_takes_it_over_says_why(
    level1: Petition, reviewer1: User, colleague: User, client_of: SignIn, clock: Any
) -> None:
    mine, theirs, case = client_of(reviewer1), client_of(colleague), level1.reference
    post(mine, "case-assignment", case, "take")
    status, page = post(theirs, "case-finding", case, "availability", citations="answer:available_us", **SAID)
    assert (status, "take it over on its page and say why" in page, level1.findings.count()) == (403, True, 0)
    status, page = post(theirs, "case-transition", case, "recommend")
    assert (status, f"{reviewer1} has this case" in page) == (403, True)
    assert post(theirs, "case-assignment", case, "take", reason="Ill.")[0] == 422
    why = "He is on leave until the fourth of May."
    assert "Why you take it over" in theirs.get(reverse("case", args=[case])).content.decode()
    assert post(theirs, "case-assignment", case, "assign", to=colleague.pk)[0] == 409
    assert "is yours" in post(theirs, "case-assignment", case, "take", reason=why)[1]
    assert why in mine.get(reverse("case-events", args=[case])).content.decode(), "both see it on the page"
    told = Notification.objects.get(to=reviewer1.email, template="case_taken_over")
    assert (told.context["reason"], told.context["to"]) == (why, str(colleague))
    sent = {**SAID, "citations": "answer:available_us"}
    assert post(theirs, "case-finding", case, "availability", **sent)[0] == 302
    assert post(mine, "case-finding", case, "availability", **sent)[0] == 403


def test_nobody_records_over_a_finding_that_he_has_not_seen(
    level1: Petition, reviewer1: User, colleague: User, client_of: SignIn
) -> None:
    mine, theirs = client_of(reviewer1), client_of(colleague)
    where, sent = (
        [level1.reference, "availability"],
        {"result": "supports", "citations": "answer:available_us", "seen": 0},
    )
    assert 'name="seen" value="0"' in mine.get(reverse("case-finding", args=where)).content.decode()
    assert post(theirs, "case-finding", *where, **sent, reasons="Another source is not shown.")[0] == 302
    status, page = post(mine, "case-finding", *where, **sent, reasons="There is no other source.")
    first = level1.findings.get()
    assert (status, level1.findings.count()) == (409, 1)
    for words in ("Cora Colleague recorded another one", "Another source is not shown.", "There is no other source."):
        assert words in page
    assert f'name="seen" value="{first.pk}"' in page, "sent again, it is recorded after the one that was read"
    again = {**sent, "seen": first.pk}
    assert post(mine, "case-finding", *where, **again, reasons="There is no other source.")[0] == 302
    assert [finding.made_by for finding in level1.findings.order_by("pk")] == [colleague, reviewer1]


def test_a_recommendation_made_meanwhile_stands_beside_what_was_typed(
    level1: Petition, reviewer1: User, colleague: User, client_of: SignIn, clock: Any
) -> None:
    said: dict[str, Any] = {"outcome": "grant", "by": colleague, "at": clock.now}
    first = reviews.recommend_outcome(level1, reasons="As the findings weigh.", **said)
    reviews.recommend_outcome(level1, reasons="On a second reading of it.", **said)
    sent = {"outcome": "grant", "reasons": "My own words on this.", "seen": first.pk}
    status, page = post(client_of(reviewer1), "case-entry", level1.reference, "recommendation", **sent)
    assert status == 409
    for words in ("As the findings weigh.", "On a second reading of it.", "My own words on this."):
        assert words in page
    with pytest.raises(Conflict, match="recorded another one"):
        reviews.recommend_outcome(level1, reasons="Not seen at all.", **said, seen=0)
