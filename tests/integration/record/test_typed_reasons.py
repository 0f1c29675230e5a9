"""The typed reason of a take-down: each party reads the words of its own people alone, and who reads the case all."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from exclusions.actions.record import quarantine
from exclusions.models import Response, User
from exclusions.workflow.public_things import Ground
from tests.conftest import Clock
from tests.factories.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases("Rows are locked, which SQLite does not do.")]


def test_an_owner_or_author_reads_the_words_of_its_own_people_alone(
    world: World, cast: dict[str, User], clock: Clock, client: Client, client_of: Callable[[User | None], Client]
) -> None:
    petition, response = world.posted, Response.objects.of_token(world.posted_token)
    assert response
    # The publisher works from the public side: nobody can refuse to him what he does not know to be another's secret.
    secret = "It repeats lou.secretive@example.test, a person of the responder."
    explanation = f"response-answer:{response.reference}:explanation"
    for key in ("answer:product_function", explanation):
        quarantine.take_down(petition, key, by=cast["publisher"], at=clock.now, reason=secret, ground="anothers")
    mine = "It was not meant for everybody."
    quarantine.take_down(petition, "answer:product_name", by=cast["importer"], at=clock.now, reason=mine)
    theirs = reverse("petition-quarantine", args=[petition.pk])
    link = reverse("docket-respond-take-down", args=[petition.reference, world.posted_token])
    for role in ("publisher", ""):  # whoever typed it may have left the agency since
        User.objects.filter(pk=cast["publisher"].pk).update(role=role)
        owner = client_of(cast["importer"]).get(theirs).content.decode()
        author = client.get(link).content.decode()
        assert "lou.secretive" not in owner + author
        assert str(cast["publisher"]) not in owner + author
        assert str(Ground.ANOTHERS.label)[3:] in owner
        assert str(Ground.ANOTHERS.label)[3:] in author
        assert mine in owner
    ours = client_of(cast["legal"]).get(reverse("case-quarantine", args=[petition.reference])).content.decode()
    assert "lou.secretive" in ours
