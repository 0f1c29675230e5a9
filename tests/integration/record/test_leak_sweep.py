"""The sweep reads every text column of every public table, by construction; after a walk of all roles it finds none."""

import random
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest
from django.db import models
from django.utils import timezone

from exclusions.actions.evidence import fill_evidence
from exclusions.actions.filing.replies import reply
from exclusions.actions.filing.responses import confirm_response, post_response, refuse_response, respond
from exclusions.actions.notices.comments import post_comment
from exclusions.actions.record import quarantine
from exclusions.actions.review import screenings
from exclusions.actions.review.standing_answers import publish_standing_answer
from exclusions.actions.rounds.made_forms import make_form
from exclusions.actions.rounds.orders import pause, resume
from exclusions.errors import ActionRefused, Repeats
from exclusions.models import (
    Comment,
    Event,
    PublicDocument,
    PublicPetition,
    PublicResponse,
    Response,
    Round,
    Screening,
    StandingAnswer,
    User,
)
from exclusions.models.notices.listed import PublicTermDecision, PublicTermReopening
from exclusions.models.public import Anchor
from exclusions.queries.public.public_reads import PUBLIC_MODELS
from exclusions.queries.record.leak_sweep import Leak, findings
from exclusions.queries.record.public_texts import FROM_FILES, swept_columns
from exclusions.questionnaires.made import Asked
from exclusions.workflow.states import Status
from tests.factories.answers import RESPONSE_ANSWERS
from tests.factories.at_doors.listed_doors import comment_to_post, decided
from tests.factories.casework.ways import PATHS
from tests.factories.petitions import Journey
from tests.factories.world import World, token_of
from tests.integration.record.typed_doors import FORMS, TYPED, confidential_answers
from tests.opened import opened

pytestmark = pytest.mark.django_db
VALUE = "7071234"
PRINTED = [{"key": "x", "label": "Planted", "value": f"It was {VALUE} then."}]


def planted(model: type[models.Model], columns: list[str]) -> list[str]:
    """Write the value into these columns of a row, as far as they can hold it; return those into which it went."""
    fields = [model._meta.get_field(column) for column in columns]
    holding = [found for found in fields if (getattr(found, "max_length", None) or 99) >= len(VALUE)]
    values: dict[str, Any] = {
        found.attname: PRINTED if isinstance(found, models.JSONField) else VALUE for found in holding
    }
    if model is Anchor:  # its rows are never rewritten
        Anchor.objects.create(day=date(2019, 1, 1), made_at=timezone.now(), seal=0, chains=0, **values)
        return [found.attname for found in holding]
    row = model._base_manager.order_by("-pk").first()
    assert row is not None, model
    if isinstance(row, PublicResponse):
        values["replied_at"] = row.posted_at
    if isinstance(row, StandingAnswer):
        values["withdrawn_at"] = row.published_at
    if isinstance(row, Round):  # a round whose forms are gone breaks its cases: a copy without any
        row.pk, row.slug, row.docket = None, "copy", "COPY"
        row.save()
    with opened(model):
        model._base_manager.filter(pk=row.pk).update(**values)
    return [found.attname for found in holding]


@pytest.fixture
def crowded(world: World, cast: dict[str, User]) -> World:
    """Return the world with a row in every public table: a file is down, so that a tombstone stands."""
    quarantine.take_down(
        world.posted,
        f"document:{world.public_file.pk}",
        reason="A name.",
        by=cast["intake"],
        at=world.response.posted_at,
    )
    quarantine.restore(world.posted.quarantines.get(), by=cast["intake"], at=world.response.posted_at)
    quarantine.take_down(world.published, reason="A name.", by=cast["intake"], at=world.response.posted_at)
    at, said = world.response.posted_at, {"citation": "84 FR 40000", "reason": "The portal was away."}
    post_comment(Comment.objects.get(pk=comment_to_post(world)["submission_id"]), by=cast["intake"], at=at)
    decided(world)
    PublicTermReopening.objects.create(decision=PublicTermDecision.objects.get(), reason="A page.", reopened_on=at)
    asked = {"strategic": Asked()}
    make_form(slug="short", title="Short", based_on="petition-2019", asked=asked, by=cast["admin"], at=at)
    fill_evidence()
    words = "A rise in price alone shows no severe economic harm."
    publish_standing_answer(title="Price", words=words, criterion="", by=cast["legal"], at=at)
    resume(
        pause(world.posted.round, clocks_stand=False, by=cast["admin"], at=at, **said), by=cast["admin"], at=at, **said
    )
    return world


def test_a_value_in_any_column_of_any_public_table_is_found(crowded: World) -> None:
    named = {PublicPetition, PublicResponse}  # what they call a party is no secret elsewhere: these come last
    tables, missed = swept_columns(), []
    for models_ in (tables.keys() - named, named):
        expected = {
            (model._meta.verbose_name, column)
            for model in models_
            for column in planted(model, [name for name in tables[model] if name != "reference"])
        }
        found = {tuple(leak.where.split(", ")[1:3]) for leak in findings() if isinstance(leak, Leak)}
        missed += sorted(expected - found)
    assert missed == []


def test_every_public_table_is_swept_unless_no_person_writes_in_it() -> None:
    swept = {model.__name__ for model in swept_columns()}
    assert {model.__name__ for model in PUBLIC_MODELS} - swept - FROM_FILES == {
        "DocketVersion",
        "Dump",
        "LookedForNotices",
        "PublicCommentLine",
        "Round_actions",
    }
    assert {"PublicPetition", "PublicResponse", "PublicDocument", "ExclusionText", "Round"} <= swept


def test_what_is_planted_in_the_name_or_text_of_a_file_is_found(crowded: World) -> None:
    PublicDocument.objects.update(file_name="offer_of_Hidden_Supplier_Works.pdf")
    PublicPetition.objects.filter(reference=crowded.denied.reference).update(filer_name="Wanda Whisper")
    assert len([leak for leak in findings() if isinstance(leak, Leak)]) == 2


class Walk:
    """Somebody of every role writes, at every door that is open, something clean or something confidential."""

    def __init__(self, trip: Journey, cast: dict[str, User], chance: random.Random) -> None:
        self.trip, self.cast, self.chance = trip, cast, chance
        self.refused = self.passed = 0

    def words(self) -> str:
        said = self.chance.choice([*FORMS, *["the usual"] * len(FORMS)])
        return f"In 2018, it was {said} in all."

    def try_all(self, status: Status) -> None:
        """Try each door that is open in a status, with the words of one value or of none."""
        for name, door in TYPED.items():
            ends = name in {
                "return",
                "withdraw",
                "grant",
                "grant_in_part",
                "deny",
                "recusal",
                "quarantine",
                "interest",
                "refuse_confidentiality",
            }
            text = f"In 2018, it was {self.chance.choice(FORMS)} in all." if ends else self.words()
            if door.status == status and name not in {"correct", "withhold"}:
                self.attempt(partial(door.send, self.trip.petition, self.cast[door.who], self.trip.at, text))

    def attempt(self, act: Callable[[], object]) -> None:
        try:
            act()
        except Repeats:
            self.refused += 1
        except (ActionRefused, IndexError):
            pass
        else:
            self.passed += 1

    def respond(self, number: int) -> None:
        """Let a stranger respond and the requester reply, either perhaps with a value; intake posts what it may."""
        petition, at = self.trip.petition, self.trip.at
        said = {**RESPONSE_ANSWERS, "explanation": self.words(), "org_legal_name": f"Quarry {number}"}
        given = respond(reference=str(petition.reference), answers=said, by=None, at=at)
        confirmed = confirm_response(token=token_of(given), at=at)
        try:
            posted = post_response(confirmed, by=self.cast["intake"], at=at)
            text = self.chance.choice([self.words(), "Write to lou.secretive@example.test."])
            answers = {"text": text, "certify_complete": "yes"}
            self.attempt(partial(reply, posted, answers=answers, by=self.cast["importer"], at=at))
        except Repeats:
            refuse_response(confirmed, reason="It names a figure of a party.", by=self.cast["intake"], at=at)
        for waiting in Screening.objects.filter(outcome=Screening.Outcome.WAITS):
            self.attempt(partial(screenings.let_through, waiting, by=self.cast["intake"], at=at))


@pytest.mark.parametrize("seed", range(2))
def test_after_a_walk_of_all_roles_nothing_confidential_is_public(
    seed: int, journey: Callable[..., Journey], cast: dict[str, User]
) -> None:
    trip = journey()
    version = trip.petition.versions.get()
    version.answers |= confidential_answers()
    version.save()
    walk = Walk(trip, cast, random.Random(seed))
    for name in PATHS[Status.SIGNATURE]:
        trip.take(name)
        if name == "post":
            for number in range(6):
                walk.respond(number)
        walk.try_all(Status(trip.petition.status))
    trip.take("grant", "publish")
    assert walk.refused > 5
    assert walk.passed
    assert Response.objects.filter(status="posted").exists()
    assert Event.objects.count() > 30
    assert list(findings()) == []
