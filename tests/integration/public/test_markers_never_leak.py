"""A marker in everything confidential of every form is found nowhere that the public, a mailbox or a log reaches."""

import logging
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, reverse
from zeal import zeal_ignore

from exclusions.actions.record.notifications import as_email
from exclusions.gateways.documents.object_store import read_file
from exclusions.gateways.documents.reading import read_content
from exclusions.models import (
    Event,
    Letter,
    Notification,
    Petition,
    PublicDocument,
    PublicPetition,
    PublicResponse,
    Round,
    User,
)
from exclusions.queries.record.leak_sweep import leaks
from exclusions.queries.record.letter_addresses import without_address
from exclusions.questionnaires import Questionnaire
from tests.factories.markers import Markers, file_all, petition_forms
from tests.factories.who_enters import EVERYBODY
from tests.factories.world import World
from tests.integration.core.test_every_url_every_role import ROWS

pytestmark = pytest.mark.django_db
Filings = tuple[Markers, list[Petition]]
EXPORTS = ("csv", "xlsx", "json")


@pytest.fixture
def file_everything(list3: Round, cast: dict[str, User], world: World) -> Callable[[], Filings]:
    """Return a function that files one marked petition by every form, and gives the markers and the petitions."""

    def file() -> Filings:
        markers = Markers()
        filed = [
            file_all(
                Round.objects.get(slug="list-3"), key, markers, cast, world.posted.posted_at or world.posted.created_at
            )
            for key in petition_forms()
        ]
        return markers, filed

    return file


def made_for(world: World) -> dict[str, dict[str, Any]]:
    """Make what stands behind each address that anybody may open; return its arguments, by the address's name."""
    return {name: dict(row.arguments(world)) for name, row in ROWS.items() if row.inside == EVERYBODY}


def addresses(
    world: World, filed: list[Petition], made: Mapping[str, Mapping[str, Any]] | None = None
) -> Iterator[str]:
    """Yield every address that anybody may open: of the table that is held against the URLs, and for each petition.

    `made` is what stands behind them, where it is there already.
    """
    for name, arguments in (made or made_for(world)).items():
        yield reverse(name, kwargs=arguments)
        for petition in filed if "reference" in arguments else ():
            documents = PublicDocument.objects.filter(petition__reference=petition.reference)
            for key in documents.values_list("key", flat=True) if "key" in arguments else [None]:
                changed = {**arguments, "reference": petition.reference, **({"key": key} if key else {})}
                try:
                    yield reverse(name, kwargs=changed)
                except NoReverseMatch:
                    continue
        if "kind" in arguments:
            yield from (reverse(name, kwargs={**arguments, "kind": kind}) for kind in EXPORTS)


def body(answer: HttpResponse) -> str:
    """Return everything that an answer says: headers, and its content with what files tell besides their text."""
    data = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    kind = answer.headers.get("Content-Type", "").split(";")[0]
    reading = read_content(kind, data)
    return f"{answer.headers} {data.decode('utf-8', 'replace')} {reading.text} {reading.metadata}"


MEASURED = re.compile(r"\b\d+\.\d*[1-9]\d*(e[+-]?\d+)?\b|\b\d{8,}(\.0)?\b")


def walk(
    client: Client,
    world: World,
    filed: list[Petition],
    markers: Markers,
    made: Mapping[str, Mapping[str, Any]] | None = None,
) -> Mapping[str, list[str]]:
    """Return the markers found, by place."""
    said: dict[str, str] = {}
    with zeal_ignore():
        for address in addresses(world, filed, made):
            said[address] = body(client.get(address))
    # Seconds and bytes of a busy machine hold any seven digits now and then; a figure of a case would stand whole.
    said["/metrics"] = MEASURED.sub("", said["/metrics"])
    for model in (PublicPetition, PublicResponse, PublicDocument):
        for row in model.objects.values():
            said[f"{model.__name__} {row['id']}"] = repr(row)
    for message in Notification.objects.all():
        mail = as_email(message)
        said[f"mail {message.pk}"] = f"{mail.subject}\n{mail.body}"
    for event in Event.objects.all():
        said[f"event {event.pk}"] = f"{event.reason} {event.data}"
    for letter in Letter.objects.filter(sha256__isnull=False):
        reading = read_content("application/pdf", read_file(letter.storage_key))
        said[f"letter {letter.code}"] = f"{without_address(reading.text, letter.petition)} {reading.metadata}"
    found = {place: markers.found_in(text) for place, text in said.items()}
    return {place: hits for place, hits in found.items() if hits}


def test_a_marker_in_everything_confidential_is_found_nowhere(
    file_everything: Callable[[], Filings], world: World, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    markers, filed = file_everything()
    assert markers.given > 200
    assert walk(client, world, filed, markers) == {}
    assert markers.found_in(caplog.text) == []
    for number in range(1, markers.given + 1):
        assert not PublicPetition.objects.matching(f"zqx{number:04d}").exists()
    for figure in markers.figures:
        assert not PublicPetition.objects.matching(figure).exists()
    assert [leak for leak in leaks() if "2030" in leak.where] == []


def test_without_the_allow_list_the_walk_finds_them(
    file_everything: Callable[[], Filings], world: World, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def everything(self: Questionnaire, answers: Mapping[str, Any]) -> dict[str, Any]:
        return self.effective(self.clean(answers))

    made = made_for(world)  # before: a comment whose public part repeats its confidential one is refused at its door
    monkeypatch.setattr(Questionnaire, "public", everything)
    markers, filed = file_everything()
    found = walk(client, world, filed, markers, made)
    for petition in filed:
        assert reverse("docket-petition", args=[petition.reference]) in found
    assert any(hit.startswith("PublicResponse") for hit in found)
    assert PublicPetition.objects.matching("zqx0001").exists()
    assert any("2030" in leak.where for leak in leaks())
