"""Who may not read a value learns nothing by a file that repeats it: what a stranger sees is of the file alone."""

import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exclusions.actions.filing.responses import confirm_response, post_response, respond
from exclusions.actions.review.screenings import let_through
from exclusions.errors import Repeats
from exclusions.models import Notification, PublicPetition, Response, Screening, User
from tests.conftest import Clock
from tests.factories.answers import RESPONSE_ANSWERS
from tests.factories.casework.clusters import USUAL_TEXT
from tests.factories.file_parts import workbook
from tests.factories.files import docx
from tests.factories.petitions import Journey
from tests.factories.world import token_of

pytestmark = pytest.mark.django_db
RIGHT, WRONG = "Hidden Supplier Works", "Hollow Supplier Works"  # of one length; the first is the requester's
OF_RESPONDER, NOT_OF_RESPONDER = "lou.secretive@example.test", "lee.secretive@example.test"
CHANGES = re.compile(
    r'(?:value|content|nonce)="[^"]{20,}"|[0-9a-f]{8}-[0-9a-f-]{27}|confirm/[\w-]+|-R\d+|-[0-9A-F]{8}\b|-\d{6}'
)


def files(words: str) -> dict[str, bytes]:
    """Return files that say the words: in plain sight, in a place where nobody looks, and beside a part that waits."""
    return {
        "plain.txt": f"Made by {words}.".encode(),
        "place.docx": docx("slabs", comment=f"Made by {words}."),
        "parts.xlsx": workbook(words),
    }


def seen(client: Client, address: str, said: dict[str, object], name: str, content: bytes) -> tuple[str, int, list]:
    """Send a form with a file; return the page, the number of statements and the mails, less what always differs."""
    before = set(Notification.objects.values_list("pk", flat=True))
    with CaptureQueriesContext(connection) as statements:
        sent = {**said, "public_documents": [SimpleUploadedFile(name, content)]}
        answer = client.post(address, sent, follow=True)
    mails = [(row.template, CHANGES.sub("…", row.subject)) for row in Notification.objects.exclude(pk__in=before)]
    return f"{answer.status_code} {CHANGES.sub('…', answer.content.decode())}", len(statements), mails


@pytest.mark.parametrize("name", files(""))
def test_a_stranger_who_sends_a_file_with_anothers_value_sees_what_he_sees_without_it(
    name: str, journey: Callable[..., Journey], clock: Clock, client: Client, intake: User
) -> None:
    trip = journey(answers=USUAL_TEXT)
    reference = trip.take("submit", "post").reference
    clock.move_to(trip.at)
    address = reverse("docket-respond", args=[reference])
    found, given = [], []
    for words in (WRONG, WRONG, RIGHT):  # the first visit fills what is kept between visits
        found.append(seen(client, address, RESPONSE_ANSWERS, name, files(words)[name]))
        given.append(Response.objects.exclude(pk__in=[one.pk for one in given]).get())
    assert found[1] == found[2]
    held = confirm_response(token=token_of(given[2]), at=trip.at)
    with pytest.raises(Repeats):
        post_response(held, by=intake, at=trip.at)


@pytest.mark.parametrize("name", files(""))
def test_the_requester_who_sends_a_file_with_a_responders_value_sees_what_he_sees_without_it(
    name: str, journey: Callable[..., Journey], clock: Clock, client: Client, intake: User, importer: User
) -> None:
    found = []
    for words in (NOT_OF_RESPONDER, NOT_OF_RESPONDER, OF_RESPONDER):
        PublicPetition.objects.all().delete()  # the page of the next one would name the one before, which is like it
        trip = journey(answers=USUAL_TEXT)
        reference = trip.take("submit", "post").reference
        clock.move_to(trip.at)
        given = respond(reference=str(reference), answers=RESPONSE_ANSWERS, by=None, at=trip.at)
        response = confirm_response(token=token_of(given), at=trip.at)
        posted = post_response(response, by=intake, at=trip.at)
        client.force_login(importer)
        said = {"text": "See the file.", "certify_complete": "yes"}
        address = reverse("docket-reply", args=[reference, posted.reference])
        found.append(seen(client, address, said, name, files(words)[name]))
    assert found[1] == found[2]
    with pytest.raises(Repeats):
        let_through(Screening.objects.latest("pk"), by=intake, at=trip.at)
