"""Forms made from shipped questions: chosen, versioned, never changed; and asked for by a round like any other."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from exclusions import questionnaires
from exclusions.actions.filing import petitions
from exclusions.actions.rounds.made_forms import make_form
from exclusions.actions.rounds.versions import write_round
from exclusions.errors import Incomplete, NotPermitted
from exclusions.facts.forms import forget_made_forms, form_of
from exclusions.models import Event, MadeForm, MadeQuestion, Organization, PublicPetition, Round, User
from exclusions.queries.record.record_check import breaks
from exclusions.questionnaires import Visibility, made
from exclusions.questionnaires.made import Asked
from tests.conftest import Clock
from tests.factories.answers import CERTIFIED, petition_answers
from tests.factories.cast import SignedIn
from tests.factories.petitions import Journey
from tests.integration.rounds.test_frozen import wanted

pytestmark = pytest.mark.django_db
BASE = questionnaires.get("petition-2019")
FEW = {
    "product_function": Asked(),
    "available_us": Asked(),
    "available_us_explanation": Asked("yes", confidential=True),
    "strategic": Asked("no"),
}


@pytest.fixture(autouse=True)
def _read_anew() -> Iterator[None]:
    forget_made_forms()
    yield
    forget_made_forms()


def make(by: User, at: datetime, **changes: Any) -> MadeForm:
    return make_form(
        **{"slug": "short", "title": "Short request", "based_on": "petition-2019", "asked": FEW, "by": by, "at": at}
        | changes
    )


@pytest.mark.parametrize("key", [key for key in questionnaires.KEYS if not key.startswith(("response", "reply"))])
def test_a_form_can_be_made_of_the_least_and_of_all_of_each_shipped_one(key: str) -> None:
    base = questionnaires.get(key)
    least = made.form_from(base, "least", "Least", {})
    assert {question.key for question in least.questions} == {q.key for q in base.questions if made.is_needed(q)}
    whole = made.form_from(base, key, base.title, {question.key: Asked() for question in made.offered(base)})
    assert whole == base


def test_what_is_chosen_is_asked_as_chosen(admin: User, at: datetime) -> None:
    form = form_of(make(admin, at).key, ["2018"])
    assert (form.key, form.title) == ("short-v1", "Short request")
    asked = {question.key: question for question in form.questions}
    assert "purchases" not in asked
    assert asked["available_us_explanation"].required is True
    assert asked["available_us_explanation"].visibility is Visibility.CONFIDENTIAL
    assert asked["strategic"].required is False
    assert {step.key for step in form.steps} <= {step.key for step in BASE.steps}


@pytest.mark.parametrize(
    ("asked", "wrong"),
    [
        ({"available_us_explanation": Asked()}, "available_us_explanation"),
        ({"strategic": Asked(confidential=True)}, "strategic"),
        ({"sourcing_attempts_summary": Asked()}, "sourcing_attempts_summary"),
        ({"no_such_question": Asked()}, "no_such_question"),
    ],
    ids=["hangs on another", "public in every form", "comes with another", "unknown"],
)
def test_what_cannot_be_asked_so_is_refused_beside_the_question(
    admin: User, at: datetime, asked: dict[str, Asked], wrong: str
) -> None:
    with pytest.raises(Incomplete) as raised:
        make(admin, at, asked=asked)
    assert set(raised.value.fields) == {wrong}


def test_only_administrators_make_forms_under_names_of_their_own(admin: User, importer: User, at: datetime) -> None:
    with pytest.raises(NotPermitted):
        make(importer, at)
    with pytest.raises(Incomplete) as raised:
        make(admin, at, slug="petition-2019", title=" ", based_on="reply-2019")
    assert set(raised.value.fields) == {"slug", "title", "based_on"}
    assert not MadeForm.objects.exists()


@pytest.mark.both_databases("Triggers are written for each.")
def test_a_made_form_never_changes_and_a_change_is_a_version(admin: User, at: datetime) -> None:
    first = make(admin, at)
    second = make(admin, at, asked={"product_function": Asked()})
    assert (first.key, second.key) == ("short-v1", "short-v2")
    for write in (
        lambda: MadeForm.objects.update(title="Other"),
        lambda: MadeQuestion.objects.update(required="no"),
        lambda: MadeQuestion.objects.filter(form=first).delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            write()
    assert len(form_of("short-v1").questions) > len(form_of("short-v2").questions)
    assert [event.kind for event in Event.objects.filter(subject="form:short")] == ["form_made", "form_made"]
    assert list(breaks()) == []


def test_a_petition_is_filed_in_a_round_with_a_made_form_and_keeps_its_secrets(
    admin: User, importer: User, cast: dict[str, User], list3: Round, at: datetime, client: Client
) -> None:
    make(admin, at)
    round, _ = write_round(list3, wanted(list3, questionnaire="short-v1"), by=admin, at=at)
    organization = Organization.objects.get(memberships__user=importer)
    given = petition_answers() | {"available_us_explanation": "Whisperwood said no.", "available_us": "no"}
    petition = petitions.start(round=round, organization=organization, by=importer, at=at, answers=given)
    assert "purchases" not in petition.versions.get().answers
    filed = petitions.submit(petition, by=importer, at=at, certified=CERTIFIED)
    trip = Journey.__new__(Journey)
    trip.cast, trip.at, trip.petition, trip.outcome, trip.codes = cast, at, filed, "grant", []
    trip.take("post")
    public = PublicPetition.objects.get(reference=filed.reference)
    assert "Whisperwood" not in str(public.answers)
    assert client.get(reverse("docket-petition", args=[filed.reference])).status_code == 200
    assert "Whisperwood" in SignedIn(cast["intake"]).get(f"/review/{filed.reference}/evidence/").content.decode()
    assert client.get("/api/v1/questionnaires/short-v1/").json()["title"] == "Short request"
    assert "Short request" in client.get(reverse("round", args=["list-3"])).content.decode()


def test_an_administrator_makes_a_form_by_the_page(admin: User, clock: Clock) -> None:
    client, page = SignedIn(admin), reverse("staff-form", args=["petition-2019"])
    assert "Every form asks" in client.get(page).content.decode()
    sent = {"slug": "by-page", "title": "By the page", "ask-available_us_explanation": "on"}
    refused = client.post(page, sent)
    assert refused.status_code == 422
    assert "depends on" in refused.content.decode()
    assert "By the page" in refused.content.decode()
    assert client.post(page, {**sent, "ask-available_us": "on", "required-available_us": "yes"}).status_code == 302
    assert "By the page" in client.get(reverse("staff-forms")).content.decode()
    again = client.get(reverse("staff-form", args=["by-page-v1"])).content.decode()
    assert 'value="by-page"' in again
    assert MadeQuestion.objects.filter(form__slug="by-page").count() == 2
