"""Who may not read a value learns nothing by guessing it: pages, mails, statements and the work done are the same."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exclusions.actions.filing.responses import confirm_response, post_response, respond
from exclusions.actions.record.notifications import as_email
from exclusions.checks.confidential.leak_matcher import Hit, Matcher
from exclusions.models import Notification, PublicPetition, Response, Screening, User
from tests.conftest import Clock
from tests.factories.answers import RESPONSE_ANSWERS
from tests.factories.casework.clusters import USUAL_TEXT
from tests.factories.petitions import TEXT, Journey
from tests.factories.world import token_of

pytestmark = pytest.mark.django_db
# Each guess beside one of the same length that is wrong: of the requester's values, and of a responder's.
OF_REQUESTER = [
    ("7,071,234 dollars", "7,171,234 dollars"),
    ("$7.07 million", "$7.97 million"),
    ("41 percent", "43 percent"),
    ("Hidden Supplier Works", "Hollow Supplier Works"),
    ("Wanda Whisper", "Wendy Whisper"),
]
OF_RESPONDER = [("lou.secretive@example.test", "lee.secretive@example.test"), ("(202) 555-0143", "(202) 555-0144")]
# What differs between any two answers: tokens, keys, references and the words themselves.
CHANGES = re.compile(
    r'(?:value|content|nonce)="[^"]{20,}"|[0-9a-f]{8}-[0-9a-f-]{27}|confirm/[\w-]+|-R\d+|-[0-9A-F]{8}\b|-\d{6}|messages?=[^;]*'
    r"|letters/[A-Z2-9-]{14}/"
)


@dataclass
class Seen:
    """What somebody sees of an attempt, and what it costs."""

    pages: list[str] = field(default_factory=list)
    mails: list[tuple[str, str]] = field(default_factory=list)
    statements: int = 0
    work: list[int] = field(default_factory=list)


Watch = Callable[[str, list[tuple[str, Mapping[str, Any]]]], Seen]


@pytest.fixture
def watch(client: Client, monkeypatch: pytest.MonkeyPatch) -> Watch:
    """Return `watch(words, requests)`: what is seen of these POSTs and the pages after them, less the words."""

    def look(words: str, requests: list[tuple[str, Mapping[str, Any]]]) -> Seen:
        seen, before = Seen(), Notification.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        find = Matcher.find

        def counted(self: Matcher, text: str) -> list[Hit]:
            seen.work.append(len(text))
            return find(self, text)

        with monkeypatch.context() as patch, CaptureQueriesContext(connection) as statements:
            patch.setattr(Matcher, "find", counted)
            for address, sent in requests:
                answer = client.post(address, sent, follow=True) if sent else client.get(address)
                page = answer.content.decode().replace(words, "…")
                seen.pages.append(f"{answer.status_code} {CHANGES.sub('…', page)}")
        seen.statements = len(statements)
        for message in Notification.objects.filter(pk__gt=before).order_by("pk"):
            mail = as_email(message)
            said = f"{mail.subject}\n{mail.body}".replace(words, "…")
            seen.mails.append((str(mail.to), CHANGES.sub("…", said)))
        return seen

    return look


@pytest.fixture
def posted(posted_once: Journey, clock: Clock) -> Journey:
    clock.move_to(posted_once.at)
    return posted_once


def answer(trip: Journey, intake: User) -> Response:
    """Return a posted response to the petition."""
    given = respond(reference=str(trip.petition.reference), answers=RESPONSE_ANSWERS, by=None, at=trip.at)
    return post_response(confirm_response(token=token_of(given), at=trip.at), by=intake, at=trip.at)


@pytest.mark.parametrize(("right", "wrong"), OF_REQUESTER, ids=[right for right, _ in OF_REQUESTER])
def test_a_stranger_who_guesses_in_response_after_response_learns_nothing(
    posted: Journey, watch: Watch, right: str, wrong: str
) -> None:
    respond_to = reverse("docket-respond", args=[posted.petition.reference])
    docket = reverse("docket-petition", args=[posted.petition.reference])
    seen = []
    for words in (wrong, wrong, right, right):
        said = {**RESPONSE_ANSWERS, "explanation": f"We hear that it is {words} in all."}
        given = watch(words, [(respond_to, said)])
        token = token_of(Response.objects.latest("created_at"))
        confirm = reverse("docket-respond-confirm", args=[posted.petition.reference, token])
        seen.append((given, watch(words, [(confirm, {"yes": "1"}), (docket, {})])))
        Response.objects.update(created_at=posted.petition.posted_at)
    assert seen[1:2] * 2 == seen[2:]


@pytest.mark.parametrize(("right", "wrong"), OF_RESPONDER, ids=[right for right, _ in OF_RESPONDER])
def test_the_requester_who_guesses_a_responders_values_in_a_reply_learns_nothing(
    journey: Callable[..., Journey],
    clock: Clock,
    watch: Watch,
    client: Client,
    intake: User,
    importer: User,
    right: str,
    wrong: str,
) -> None:
    seen = []
    for words in (wrong, right):
        PublicPetition.objects.all().delete()  # the page of the next one would name the one before, which is like it
        trip = journey(answers=USUAL_TEXT)
        reference = trip.take("submit", "post").reference
        clock.move_to(trip.at)
        response = answer(trip, intake)
        client.force_login(importer)
        said = {"text": f"Ask them under {words} for it.", "certify_complete": "yes"}
        address = reverse("docket-reply", args=[reference, response.reference])
        mine = reverse("petition", args=[trip.petition.pk])
        seen.append(watch(words, [(address, said), (reverse("docket-petition", args=[reference]), {}), (mine, {})]))
    assert seen[0] == seen[1]
    assert [screening.outcome for screening in Screening.objects.all()] == ["waits", "waits"]


@pytest.mark.parametrize(("right", "wrong"), OF_REQUESTER[:2], ids=[right for right, _ in OF_REQUESTER[:2]])
def test_the_drafter_who_guesses_in_a_text_learns_nothing(
    journey: Callable[..., Journey],
    watch: Watch,
    client: Client,
    clock: Clock,
    drafter: User,
    right: str,
    wrong: str,
) -> None:
    seen = []
    for words in (wrong, wrong, right):  # the first visit fills what is kept between visits
        trip = journey(answers=USUAL_TEXT)
        trip.take("submit", "post", "close_responses", "begin_review", "recommend", "concur", "confirm_consistency")
        trip.take("clear_for_drafting")
        clock.move_to(trip.at)
        client.force_login(drafter)
        reference = trip.petition.reference
        text = TEXT.replace(" (described", f", of a value of {words} (described")
        sent = {"text": text, "number": "6810.99.0010"}
        entry = reverse("case-entry", args=[reference, "product_text"])
        onward = reverse("case-transition", args=[reference, "send_to_customs"])
        seen.append(watch(words, [(entry, sent), (onward, {"x": "1"}), (reverse("case", args=[reference]), {})]))
    assert seen[1] == seen[2]
    assert [screening.outcome for screening in Screening.objects.order_by("pk")] == ["through", "through", "waits"]
