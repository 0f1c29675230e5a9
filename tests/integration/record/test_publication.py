"""The public copy says what the record says now: sealed answers only, and no column left over from before."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.management import call_command
from django.db import models

from exclusions.actions.filing import petitions
from exclusions.actions.filing.replies import reply
from exclusions.actions.filing.responses import confirm_response, post_response, respond
from exclusions.actions.record.after_migrate import after_migrate, write_copies_anew
from exclusions.actions.record.publication import publish_petition, publish_response
from exclusions.actions.record.quarantine import take_down
from exclusions.actions.record.versions import reopen_answers, seal
from exclusions.facts.forms import petition_form
from exclusions.models import Exclusion, Petition, PublicPetition, PublicResponse, Response, StoredCase, User
from exclusions.models.public import LAYOUT
from exclusions.workflow.states import Status
from tests.factories.answers import RESPONSE_ANSWERS
from tests.factories.petitions import Journey
from tests.factories.public import make_public
from tests.factories.world import World, token_of

pytestmark = pytest.mark.django_db
# What a copy is found by and hangs on.
IDENTITY = {"id", "reference", "petition"}


def stale(field: Any, now: Any) -> Any:
    """Return a value for a column other than the one that stands there."""
    values: dict[type, Any] = {
        models.DateField: date(1999, 1, 1),
        models.DateTimeField: datetime(1999, 1, 1, tzinfo=UTC),
        models.JSONField: [{"criterion": "availability", "on": "1999-01-01"}],
        models.PositiveIntegerField: 77,
        models.PositiveSmallIntegerField: 7,
        models.BooleanField: not now,
        models.ForeignKey: None if now else Exclusion.objects.get(),
    }
    return values.get(type(field), "old words"[: getattr(field, "max_length", None) or 99])


def spoil(copy: PublicPetition | PublicResponse) -> dict[str, Any]:
    """Overwrite every column of a public copy but its identity; return what stood there."""
    rows: Any = type(copy)._default_manager.filter(pk=copy.pk)
    before: dict[str, Any] = rows.values().get()
    rows.update(
        **{f.name: stale(f, before[f.attname]) for f in type(copy)._meta.concrete_fields if f.name not in IDENTITY}
    )
    kept = {"id", "reference", "petition_id"}
    assert all(value != before[name] for name, value in rows.values().get().items() if name not in kept)
    return before


@pytest.mark.parametrize("status", ["posted", "level1", "denied", "published"])
def test_a_refreshed_copy_of_a_petition_keeps_nothing_of_what_stood_there(world: World, status: str) -> None:
    petition: Petition = getattr(world, status)
    petition.refresh_from_db()
    copy = PublicPetition.objects.get(reference=petition.reference)
    before = spoil(copy)
    publish_petition(petition, at=copy.updated_at)
    assert PublicPetition.objects.filter(pk=copy.pk).values().get() == before


@pytest.mark.parametrize("replied", [False, True], ids=["unanswered", "replied"])
def test_a_refreshed_copy_of_a_response_keeps_nothing_of_what_stood_there(
    world: World, replied: bool, importer: User
) -> None:
    response = world.response
    if replied:
        assert response.posted_at
        answers = {"text": "Ours are wider.", "certify_complete": "yes"}
        reply(response, answers=answers, by=importer, at=response.posted_at)
    copy = PublicResponse.objects.get(reference=response.reference)
    before = spoil(copy)
    publish_response(response, at=copy.posted_at)
    assert PublicResponse.objects.filter(pk=copy.pk).values().get() == before


def test_an_unsealed_version_is_not_published(petition_in: Callable[[Status], Petition]) -> None:
    petition = petition_in(Status.POSTED)
    copy = PublicPetition.objects.get()
    version = reopen_answers(petition, at=petition.status_since)
    version.answers |= {"product_name": "Something nobody certified", "product_function": "Nobody certified this."}
    version.save()
    publish_petition(petition, at=petition.status_since)
    again = PublicPetition.objects.get()
    assert (again.product_name, again.answers) == (copy.product_name, copy.answers)
    assert "certified" not in again.search_text


def test_the_list_of_petitions_shows_the_number_and_name_as_filed(journey: Callable[..., Journey]) -> None:
    trip = journey()
    version = trip.petition.versions.get()
    trip.take("submit")
    assert (trip.petition.hts10, trip.petition.product_name) == (
        version.answers["hts10"],
        version.answers["product_name"],
    )


def test_the_public_copy_tells_the_decision_once_it_is_signed(denied_once: Journey) -> None:
    petition = denied_once.petition
    copy = PublicPetition.objects.get(reference=petition.reference)
    assert copy.decided_on
    assert copy.rationale == "A domestic source exists."
    assert [code["code"] for code in copy.denial_codes] == ["DR1"]


def test_copies_of_an_earlier_layout_are_written_anew_after_migrate_and_no_others(
    journey: Callable[..., Journey],
) -> None:
    trip = journey()
    trip.take("submit", "post")
    given = respond(reference=str(trip.petition.reference), answers=RESPONSE_ANSWERS, by=None, at=trip.at)
    confirm_response(token=token_of(given), at=trip.at)
    post_response(given, by=trip.cast["intake"], at=trip.at)
    loaded = make_public(990_009)
    copies: list[Any] = [PublicPetition.objects.filter(reference=trip.petition.reference), PublicResponse.objects.all()]
    before = [rows.values().get() for rows in copies]
    for rows in copies:
        rows.update(answers=[], layout=1)
    call_command("migrate", verbosity=0)
    assert [rows.values().get() for rows in copies] == before
    assert all(row["answers"] for row in before)
    for rows in copies:
        rows.update(answers=[])
    call_command("migrate", verbosity=0)
    assert [rows.values_list("answers", flat=True).get() for rows in copies] == [[], []], "they have today's layout"
    loaded.refresh_from_db()
    assert loaded.layout == 1


def test_what_is_in_quarantine_stays_there_when_copies_are_written_anew(journey: Callable[..., Journey]) -> None:
    trip = journey()
    trip.take("submit", "post")
    form = petition_form(trip.petition.round)
    word = str(trip.petition.versions.get().answers["product_description"])
    assert form.question("product_description").is_public
    take_down(
        trip.petition,
        thing="answer:product_description",
        ground="mistake",
        reason="It names a person of another firm.",
        by=trip.cast["importer"],
        at=trip.at,
    )
    rows = PublicPetition.objects.filter(reference=trip.petition.reference)
    rows.update(layout=1)
    write_copies_anew()
    assert word not in json.dumps(rows.values_list("answers", "search_text").get())
    assert rows.get().layout == LAYOUT


def test_a_copy_that_would_say_in_public_what_was_given_in_confidence_stays_as_it_was(
    journey: Callable[..., Journey], caplog: pytest.LogCaptureFixture
) -> None:
    trip = journey()
    version = trip.petition.versions.get()
    version.answers |= {"product_description": "Pads; ask wanda.whisper@example.test for samples of them."}
    version.save(update_fields=["answers"])
    seal(version, by=trip.cast["importer"], at=trip.at)
    Petition.objects.filter(pk=trip.petition.pk).update(
        status="posted", reference="USTR-2019-0005-900001", submitted_at=trip.at, posted_at=trip.at
    )
    trip.petition.refresh_from_db()
    publish_petition(trip.petition, at=trip.at)
    rows = PublicPetition.objects.filter(reference="USTR-2019-0005-900001")
    rows.update(layout=1)
    write_copies_anew()
    assert rows.get().layout == LAYOUT, "it says no more than before"
    told = [row for row in rows.get().answers if row["key"] != "product_description"]
    rows.update(layout=1, answers=told)
    write_copies_anew()
    assert (rows.get().layout, rows.get().answers) == (1, told)
    assert "USTR-2019-0005-900001: the public copy stays as it was" in caplog.text
    assert "wanda" not in caplog.text


def test_each_copy_is_written_anew_from_its_own_case(journey: Callable[..., Journey]) -> None:
    """Of two petitions and two responses each has its own words again; one that has no case of ours is left alone."""
    trips = [journey(), journey()]
    for trip, number in zip(trips, "12", strict=True):
        petitions.save_answers(
            trip.petition,
            by=trip.cast["importer"],
            at=trip.at,
            answers={"product_description": f"Pads of the kind {number}, of felt and leather, as worn by goalkeepers."},
        )
        trip.take("submit", "post")
        said = {**RESPONSE_ANSWERS, "explanation": f"We make pads of the kind {number} in Maine, for goalkeepers."}
        given = respond(reference=str(trip.petition.reference), answers=said, by=None, at=trip.at)
        confirm_response(token=token_of(given), at=trip.at)
        post_response(given, by=trip.cast["intake"], at=trip.at)
    copies: list[Any] = [PublicPetition.objects.order_by("pk"), PublicResponse.objects.order_by("pk")]
    before = [list(rows.values()) for rows in copies]
    for rows in copies:
        rows.update(answers=[], layout=1)
    stranger = PublicPetition.objects.create(**{**before[0][0], "id": None, "reference": "USTR-2019-0005-990001"})
    PublicPetition.objects.filter(pk=stranger.pk).update(layout=1)
    write_copies_anew()
    stranger.refresh_from_db()
    assert stranger.layout == 1
    stranger.delete()
    assert [list(rows.values()) for rows in copies] == before


def test_a_response_that_would_say_in_public_what_was_given_in_confidence_stays_as_it_was(
    journey: Callable[..., Journey], caplog: pytest.LogCaptureFixture
) -> None:
    trip = journey()
    trip.take("submit", "post")
    secret = str(trip.petition.versions.get().answers["requester_email"])
    given = respond(reference=str(trip.petition.reference), answers=RESPONSE_ANSWERS, by=None, at=trip.at)
    confirm_response(token=token_of(given), at=trip.at)
    post_response(given, by=trip.cast["intake"], at=trip.at)
    Response.objects.update(answers={**given.answers, "explanation": f"Ask {secret} why; we make them in Maine."})
    rows = PublicResponse.objects.all()
    told = [row for row in rows.get().answers if row["key"] != "explanation"]
    rows.update(layout=1, answers=told)
    write_copies_anew()
    assert (rows.get().layout, rows.get().answers) == (1, told)
    assert f"{rows.get().reference}: the public copy stays as it was" in caplog.text
    assert secret not in caplog.text


def test_the_case_store_is_filled_and_copies_are_written_after_a_migrate(
    petition_in: Callable[[Status], Petition],
) -> None:
    posted = petition_in(Status.POSTED)
    PublicPetition.objects.filter(reference=posted.reference).update(layout=1)
    StoredCase.objects.filter(petition=posted).delete()
    after_migrate(using="default")
    assert StoredCase.objects.filter(petition=posted).exists()
    assert PublicPetition.objects.get(reference=posted.reference).layout == LAYOUT
