"""A round that is open at once is made by two administrators: with its list, its lines and its form, or by itself."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from exclusions.actions.people.proposals import confirm
from exclusions.facts.forms import petition_form
from exclusions.models import MadeForm, Notification, Proposal, Round, TariffAction, User
from exclusions.queries.record.record_check import breaks
from tests.conftest import PROJECT, Clock
from tests.factories.cast import SignedIn
from tests.factories.facts import make_action

pytestmark = pytest.mark.django_db
WHY = "90 FR 200 begins it."
LIST = {"code": "9", "name": "the ninth action", "citation": "90 FR 100", "position": "9", "reach": "lines",
        "rate-heading": "9903.92.10", "rate-pct": "25", "rate-kind": "whole", "rate-valid_from": "2018-09-24",
        "rate-reason": WHY}  # fmt: skip


def example() -> str:
    """Return the file that the page shows as an example."""
    page = (PROJECT / "templates/people/lists/_round_file.html").read_text()
    found = re.search(r"<pre[^>]*>(.*?)</pre>", page, re.DOTALL)
    assert found
    return unescape(found[1])


def sent(text: str, **more: Any) -> dict[str, Any]:
    return {**more, "round_file": SimpleUploadedFile("round.toml", text.encode())}


def words_of(response: Any) -> str:
    return " ".join(unescape(response.content.decode()).split())


def test_the_list_its_lines_its_form_and_its_round_are_one_proposal_that_another_confirms(
    admin: User, second_admin: User, clock: Clock
) -> None:
    opened = clock.now - timedelta(days=2)
    text = example().replace("2030-01-15T00:00:00", f"{opened:%Y-%m-%d}T00:00:00")
    lines = SimpleUploadedFile("lines.csv", b"hts\n6810.99.00\n")
    page = SignedIn(admin).post(
        reverse("staff-list-new"), sent(text, **LIST, source="Annex A", file=lines), follow=True
    )
    said = words_of(page)
    assert "List 9: make the list; put 1 line on it, under 9903.92.10; enter the rate of 9903.92.10, 25%" in said
    assert "make the round USTR-2030-0009, open from" in said
    assert "List 9 request: 3 questions chosen from petition-2019" in said
    assert (Round.objects.count(), MadeForm.objects.count(), TariffAction.objects.count()) == (0, 0, 0)
    made = Proposal.objects.get()
    assert made.facts["round"]["text"] == text
    assert len(made.facts["round"]["sha256"]) == 64
    assert SignedIn(admin).post(reverse("proposal", args=[made.pk]), {"answer": "confirm"}).status_code == 403
    assert not Round.objects.exists()
    confirm(made, by=second_admin, at=clock.now)
    round = Round.objects.get()
    assert (round.docket, round.opens_at <= clock.now) == ("USTR-2030-0009", True)
    assert [action.code for action in round.actions.all()] == ["9"]
    assert petition_form(round).title == "List 9 request"
    assert petition_form(round).question("available_us_explanation").is_public is False
    assert list(breaks()) == []


def test_a_round_of_a_list_that_stands_is_proposed_on_its_page(admin: User, second_admin: User, clock: Clock) -> None:
    make_action()
    text = example().partition("[form]")[0].replace('["9"]', '["3"]') + 'questionnaire = "petition-2019"\n'
    page = SignedIn(admin).post(reverse("staff-list-round", args=["3"]), sent(text, reason=WHY), follow=True)
    assert "List 3: make the round USTR-2030-0009" in words_of(page)
    confirm(Proposal.objects.get(), by=second_admin, at=clock.now)
    assert Round.objects.get().questionnaire == "petition-2019"
    assert not Notification.objects.exists()
    assert list(breaks()) == []


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("[[round]]", "[[rnd]]"), "has no [[round]] table"),
        (("[[round]]", "[round"), "is not TOML"),
        (('["9"]', '["3"]'), 'name this list, "9"'),
        (("criteria_version", "criteria_verison"), "criteria_verison: is not a key of a round"),
        (("2030-04-15", "2029-04-15"), "closes_at: is not after opens_at"),
        (("[form]", 'questionnaire = "petition-2019"\n[form]'), "Leave its questionnaire out"),
        (("available_us = {}", "available_us = 3"), "form, available_us: cannot be read"),
        (("available_us = {}", "no_such_question = {}"), "The form has no such question"),
        (('based_on = "petition-2019"', 'based_on = "petition-1999"'), "Choose the form to take the questions from"),
        (('title = "List 9 request"', 'titel = "List 9 request"'), "form, title: is not a text"),
        (("[form]", "[[round]]\n[form]"), "slug: is missing"),
        (("opens_at = 2030-01-15T00:00:00", "opens_days_ago = 3"), "and not a mixture"),
    ],
)
def test_what_is_wrong_with_the_file_is_said_before_anybody_confirms(
    change: tuple[str, str], says: str, admin: User
) -> None:
    make_action()
    page = SignedIn(admin).post(reverse("staff-list-new"), sent(example().replace(*change), **LIST))
    assert page.status_code == 422
    assert says in words_of(page)
    assert "the ninth action" in words_of(page)
    assert not Proposal.objects.exists()
    assert not Round.objects.exists()


def test_a_docket_that_another_round_has_got_meanwhile_is_told_to_who_confirms(
    admin: User, second_admin: User, clock: Clock
) -> None:
    client = SignedIn(admin)
    client.post(reverse("staff-list-new"), sent(example(), **LIST))
    make_action()
    text = example().replace('["9"]', '["3"]').replace('slug = "list-9"', 'slug = "other"')
    client.post(reverse("staff-list-round", args=["3"]), sent(text, reason=WHY))
    first, second = Proposal.objects.order_by("pk")
    confirm(second, by=second_admin, at=clock.now)
    answer = SignedIn(second_admin).post(reverse("proposal", args=[first.pk]), {"answer": "confirm"})
    assert "“USTR-2030-0009” belongs to another round" in words_of(answer)
    assert Round.objects.count() == 1
    assert not TariffAction.objects.filter(code="9").exists()
