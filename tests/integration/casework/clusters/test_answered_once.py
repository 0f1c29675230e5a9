"""An argument that many cases of a cluster make is one line, and answered once for all of them."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from exclusions.actions.review.arguments import mark_text
from exclusions.actions.review.standing_answers import publish_standing_answer, withdraw_standing_answer
from exclusions.errors import Incomplete, SomeRefused
from exclusions.models import ArgumentAnswer, Cluster, Event, Petition, Round, User
from exclusions.permissions.arguments.gates import answered_to_deny
from exclusions.permissions.arguments.marked import arguments_of, likeness
from tests.conftest import Clock
from tests.factories.casework.clusters import alike, findings, seen, together_as

pytestmark = pytest.mark.django_db
HARM = "answer:severe_harm_explanation"
WORDS = "A rise in price alone shows no severe economic harm."
BESIDE = "What a competitor pays is no factor of the notice."


@pytest.fixture
def marked(
    cast: Mapping[str, User], list3: Round, at: datetime, clock: Clock
) -> tuple[Cluster, list[Petition], datetime]:
    """Return a cluster of three that are found on and marked, and the moment; the clock stands there."""
    cluster, petitions = alike(cast, list3, at, 3)
    now, by = max(petition.status_since for petition in petitions) + timedelta(hours=1), cast["reviewer1"]
    together_as(by, cluster, "take", petitions, now)
    together_as(by, cluster, "findings", petitions, now, findings=findings(list3))
    together_as(by, cluster, "arguments", petitions, now)
    clock.move_to(now)
    cluster.refresh_from_db()
    return cluster, petitions, now


def of_harm(petition: Petition) -> str:
    """Return the name of the argument of harm of a case."""
    return next(likeness(row) for _, row in arguments_of(petition).standing if row.citation == HARM)


def test_like_arguments_are_one_line_and_answered_by_one_act(
    marked: tuple[Cluster, list[Petition], datetime],
    cast: dict[str, User],
    client_of: Callable[[User | None], Client],
) -> None:
    cluster, petitions, now = marked
    standing = publish_standing_answer(title="Price", words=WORDS, criterion="", by=cast["legal"], at=now)
    client, where = client_of(cast["reviewer1"]), f"/clusters/{cluster.pk}/argument_answer/"
    page = client.get(where).content.decode()
    key = of_harm(petitions[0])
    assert {of_harm(petition) for petition in petitions} == {key}
    assert page.count(f'value="{key}"') == 1
    assert "3 cases." in page
    assert "checked" not in page[: page.index('id="cases"')], "nothing is chosen beforehand"
    chosen = [f"{one.reference}:{one.seen}" for one in seen(petitions)]
    sent: dict[str, Any] = {"like": key, "kind": "standing", "chosen": chosen, "revision": cluster.revision}
    assert client.post(where, {**sent, "like": []}).status_code == 422
    assert "no longer marked" in client.post(where, {**sent, "like": "0"}).content.decode()
    refused = client.post(where, {**sent, "confirmed": "1"})
    assert "Choose a standing answer." in refused.content.decode()
    sent["standing"] = str(standing.pk)
    assert "Nothing is done yet." in client.post(where, sent).content.decode()
    assert client.post(where, {**sent, "confirmed": "1"}).status_code == 302
    answers = ArgumentAnswer.objects.select_related("argument")
    assert {row.argument.petition_id for row in answers} == {petition.pk for petition in petitions}
    assert {(row.kind, row.standing_id, row.joint is None) for row in answers} == {("standing", standing.pk, False)}
    assert Event.objects.filter(kind="argument_answer").count() == 3
    withdraw_standing_answer(standing.pk, why="A court held otherwise.", by=cast["legal"], at=now)
    for petition in petitions:
        asked = answered_to_deny(Petition.objects.get(pk=petition.pk), None, now, {})
        assert len(asked) == 1
        assert f"Standing answer {standing.pk} was withdrawn on" in asked[0]
    cluster.refresh_from_db()
    together_as(cast["reviewer1"], cluster, "argument_answer", petitions, now, like=[key], kind="beside", reason=BESIDE)
    for petition in petitions:
        assert answered_to_deny(Petition.objects.get(pk=petition.pk), None, now, {}) == []


def test_a_case_that_does_not_argue_it_is_named_and_nothing_is_done(
    marked: tuple[Cluster, list[Petition], datetime], cast: dict[str, User]
) -> None:
    cluster, petitions, now = marked
    key, by = of_harm(petitions[0]), cast["reviewer1"]
    mark_text(petitions[2], citation=HARM, places=[], by=by, at=now)
    common: dict[str, Any] = {"like": [key], "kind": "beside", "reason": BESIDE}
    with pytest.raises(SomeRefused, match="It makes none of these arguments") as refused:
        together_as(by, cluster, "argument_answer", petitions, now, **common)
    assert list(refused.value.rows) == [petitions[2].reference]
    assert not ArgumentAnswer.objects.exists()
    with pytest.raises(Incomplete, match="Say why the argument is beside"):
        together_as(by, cluster, "argument_answer", petitions[:2], now, **{**common, "reason": ""})
    together_as(by, cluster, "argument_answer", petitions[:2], now, **common)
    assert ArgumentAnswer.objects.count() == 2
