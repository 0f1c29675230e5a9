"""A technical amendment: two persons agree, a notice makes it law, and the text of any day is the one of that day."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from exclusions.actions.notices.amendment_drafts import draft_amendment
from exclusions.actions.notices.amendments import drop_amendment, publish_amendment
from exclusions.actions.people import proposals
from exclusions.errors import Incomplete, NotPermitted, WrongState
from exclusions.models import Amendment, Exclusion, ExclusionText, Notification, Proposal, User
from exclusions.queries.record.record_check import breaks
from tests.factories.notices.amendments import amended
from tests.factories.petitions import TEXT, Journey

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases("Rows are locked, which SQLite does not do.")]
ClientOf = Callable[[User | None], Client]
WIDER = TEXT.replace("polished on one face", "polished on one or both faces")
BY: dict[str, Any] = {"citation": "84 FR 49591", "published_on": date(2019, 9, 20)}


@pytest.fixture
def published(published_once: Journey) -> Journey:
    """Return a journey whose grant was published."""
    published_once.at = published_once.at.replace(year=2019, month=12)
    return published_once


@pytest.fixture
def exclusion(published: Journey) -> Exclusion:
    """Return the exclusion of that grant."""
    return Exclusion.objects.get(texts__source=f"Decision on {published.petition.reference}")


def shown(client: Client, exclusion: Exclusion, day: str) -> list[str]:
    """Return the text of a day as the registry's API and the tariff's give it, and whether the page shows it."""
    one = client.get(reverse("api-exclusion", args=[exclusion.reference]), {"as_of": day}).json()["text"]
    line = client.get("/api/v1/tariff/lines/6810990010/", {"as_of": day}).json()["exclusions"]
    page = client.get(reverse("exclusion", args=[exclusion.reference]), {"as_of": day}).content.decode()
    assert f'<blockquote class="tc-preline">{one}</blockquote>' in page
    return [one, *(found["text"] for found in line)]


def test_from_its_day_on_the_new_words_hold_and_before_it_the_old(
    published: Journey, exclusion: Exclusion, publisher: User, client: Client
) -> None:
    made = amended(exclusion, applies_from="2019-08-01")
    assert shown(client, exclusion, "2019-08-01") == [TEXT, TEXT]  # nothing changes before the notice
    publish_amendment(made, **BY, by=publisher, at=published.at)
    assert shown(client, exclusion, "2019-07-31") == [TEXT, TEXT]
    assert shown(client, exclusion, "2019-08-01") == [WIDER, WIDER]
    page = client.get(reverse("exclusion", args=[exclusion.reference])).content.decode()
    assert "84 FR 49591" in page
    assert "Technical amendment by 84 FR 49591, as of August 1, 2019" in page
    told = Notification.objects.get(template="general")
    assert "amended by 84 FR 49591" in told.subject
    assert list(breaks()) == []


def test_a_retroactive_one_holds_from_the_first_day_of_the_wording(
    published: Journey, exclusion: Exclusion, publisher: User, client: Client
) -> None:
    first = exclusion.texts.get().valid_from
    assert first
    publish_amendment(amended(exclusion), **BY, by=publisher, at=published.at)
    assert shown(client, exclusion, first.isoformat()) == [WIDER, WIDER]
    assert exclusion.texts.get().text == WIDER
    assert ExclusionText.versions.filter(exclusion=exclusion, text=TEXT).exists()


def test_a_number_is_amended_as_the_text_is(published: Journey, exclusion: Exclusion, cast: dict[str, User]) -> None:
    facts = {"what": "number", "row": exclusion.texts.get().pk, "number": "6810990010", "instead": "6810.99.0080"}
    made = proposals.propose(
        "amend_exclusion", exclusion.pk, by=cast["legal"], at=published.at, reason="The number was misprinted.",
        facts=facts,
    )  # fmt: skip
    proposals.confirm(made, by=cast["publisher"], at=published.at)
    publish_amendment(Amendment.objects.get(), **BY, by=cast["publisher"], at=published.at)
    assert [one.number for one in exclusion.texts.get().numbers.all()] == ["6810990080"]


def test_what_will_not_do_is_refused_and_nothing_changes(
    published: Journey, exclusion: Exclusion, publisher: User, legal: User
) -> None:
    made = amended(exclusion)
    with pytest.raises(WrongState, match="already waits for its notice"):
        amended(exclusion, text="Slabs (6810.99.0010)")
    with pytest.raises(NotPermitted):
        publish_amendment(made, **BY, by=legal, at=published.at)
    for wrong, field in (({"citation": "banana"}, "citation"), ({"citation": ""}, "citation"),
                         ({"published_on": None}, "published_on"),
                         ({"published_on": date(2031, 1, 1)}, "published_on")):  # fmt: skip
        with pytest.raises(Incomplete) as refused:
            publish_amendment(made, **(BY | wrong), by=publisher, at=published.at)
        assert field in refused.value.fields
    drop_amendment(made, by=publisher, at=published.at)
    with pytest.raises(WrongState, match="dropped already"):
        publish_amendment(made, **BY, by=publisher, at=published.at)
    assert exclusion.texts.get().text == TEXT


def test_it_goes_into_a_notice_under_each_heading(
    published: Journey, exclusion: Exclusion, publisher: User, client_of: ClientOf
) -> None:
    made, term = amended(exclusion, applies_from="2019-08-01"), exclusion.terms.get()
    page = client_of(publisher).get(reverse("amendment", args=[made.pk])).content.decode()
    assert "<ins>" in page
    draft = draft_amendment(made, by=publisher, at=published.at)
    item = draft.items.get()
    assert (item.kind, item.heading, item.number, item.text_before, item.text, item.starts_on) == (
        "amendment", term.heading, term.seq, TEXT, WIDER, date(2019, 8, 1),
    )  # fmt: skip


def test_the_pages_propose_and_publish(
    published: Journey, exclusion: Exclusion, client_of: ClientOf, cast: dict[str, User]
) -> None:
    row = exclusion.texts.get()
    where = reverse("staff-exclusion-amend", args=[exclusion.reference, "wording", row.pk])
    sent = {"text": WIDER, "holds_from": "2019-08-01", "reason": "The notice left the backs out."}
    assert client_of(cast["publisher"]).post(where, sent).status_code == 302
    proposal = Proposal.objects.get(act="amend_exclusion")
    assert Amendment.objects.count() == 0
    proposals.confirm(proposal, by=cast["legal"], at=published.at)
    made = Amendment.objects.get()
    assert made.applies_from == date(2019, 8, 1)
    client, where = client_of(cast["publisher"]), reverse("amendment", args=[made.pk])
    assert exclusion.reference in client.get(reverse("amendments")).content.decode()
    short = client.post(where, {"citation": "banana", "published_on": "2019-08-07"})
    assert short.status_code == 422
    assert "banana" in short.content.decode()
    assert client.post(where, {"citation": "84 FR 38717", "published_on": "2019-07-09"}).status_code == 302
    assert exclusion.texts.latest("version").text == WIDER
