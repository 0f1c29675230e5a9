"""Filing in a browser, without a script: every page a requester meets from choosing a round to the receipt."""

import html
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from exclusions import questionnaires
from exclusions.actions.filing import petitions
from exclusions.facts.forms import petition_form
from exclusions.models import Organization, Petition, Round, User
from exclusions.queries.importer import filing
from tests.conftest import Clock
from tests.factories.answers import CERTIFIED, petition_answers
from tests.factories.facts import make_round
from tests.factories.typed import typed

SignIn = Callable[[User | None], Client]


@pytest.fixture
def draft(importer: User, meadowlark: Organization, list3: Round, at: datetime) -> Petition:
    """Return an empty draft of the importer."""
    return petitions.start(round=list3, organization=meadowlark, by=importer, at=at)


@pytest.fixture
def whole(importer: User, meadowlark: Organization, list3: Round, at: datetime) -> Petition:
    """Return a draft with every answer given."""
    return petitions.start(round=list3, organization=meadowlark, by=importer, at=at, answers=petition_answers())


def step_url(petition: Petition, step: str) -> str:
    """Return the address of a step."""
    return reverse("petition-step", args=[petition.pk, step])


def text(page: Any) -> str:
    """Return what a page says, without its marks."""
    return " ".join(html.unescape(strip_tags(page.content.decode())).split())


def save(client: Client, petition: Petition, step: str, action: str = "save", **fields: Any) -> Any:
    """Post what a browser posts for a step: everything on the page, with some fields changed."""
    page = client.get(step_url(petition, step))
    return client.post(step_url(petition, step), {**typed(page), **fields, "action": action})


def test_a_petition_is_filed_from_the_first_page_to_the_receipt(
    importer: User, list3: Round, client_of: SignIn, clock: Clock
) -> None:
    client = client_of(importer)
    party = client.get(reverse("petition-new")).context["form"].fields["party"].choices[0][0]
    answer = client.post(reverse("petition-new"), {"round": "list-3", "party": party})
    petition = Petition.objects.get()
    assert answer["Location"] == step_url(petition, "contact")

    answers = petition_answers()
    for step in filing.answered_steps(petition):
        page = client.get(step_url(petition, step))
        assert page.status_code == 200
        fields = typed(page, answers)
        answer = client.post(step_url(petition, step), {**fields, "action": "continue"})
        assert answer.status_code == 302, answer.context["form"].errors
    assert answer["Location"] == reverse("petition-check", args=[petition.pk])

    checked = client.get(answer["Location"])
    assert checked.context["error_count"] == 0, checked.context["errors"]
    certify = reverse("petition-certify", args=[petition.pk])
    revision = client.get(certify).context["petition"].revision
    answer = client.post(certify, {**CERTIFIED, "revision": revision})
    petition.refresh_from_db()
    assert petition.reference == "USTR-2019-0005-000001"
    assert (petition.hts10, petition.product_name) == ("6810990010", "Agglomerated quartz slabs")
    receipt = client.get(answer["Location"])
    version = petition.versions.get()
    assert version.sha256 in receipt.content.decode()
    assert version.sealed_by == importer


def test_a_script_saves_a_step_and_learns_the_new_revision(
    draft: Petition, importer: User, client_of: SignIn, clock: Clock
) -> None:
    client = client_of(importer)
    fields = typed(client.get(step_url(draft, "product")), {"product_name": "Slabs", "hts10": "8413"})
    answer = client.post(step_url(draft, "product"), fields, headers={"X-Autosave": "1"})
    draft.refresh_from_db()
    told = answer.json()
    assert (told["revision"], draft.product_name) == (draft.revision, "Slabs")
    assert [remark["key"] for remark in told["remarks"]] == ["hts10"]
    again = client.post(step_url(draft, "product"), {**fields, "product_name": "S"}, headers={"X-Autosave": "1"})
    assert again.status_code == 409
    assert "another window" in again.json()["reasons"][0]


@pytest.mark.parametrize("key", [key for key in questionnaires.KEYS if not key.startswith("re") or "inst" in key])
def test_every_form_has_pages_from_its_declaration(
    key: str, importer: User, meadowlark: Organization, list3: Round, client_of: SignIn, clock: Clock, at: datetime
) -> None:
    round_ = make_round("another", docket="USTR-2019-0099", questionnaire=key, purchase_periods=[])
    petition = petitions.start(round=round_, organization=meadowlark, by=importer, at=at)
    client = client_of(importer)
    for step in filing.answered_steps(petition):
        page = client.get(step_url(petition, step), {"gaps": ""})
        assert page.status_code == 200
        saved = client.post(step_url(petition, step), {**typed(page), "action": "save"})
        assert saved["Location"] == step_url(petition, step)
    for name in ("petition-check", "petition-certify", "petition-record"):
        assert client.get(reverse(name, args=[petition.pk])).status_code == 200


def test_the_check_page_shows_every_answer_of_the_filers_own_with_a_link_to_its_question(
    importer: User, whole: Petition, client_of: SignIn, clock: Clock
) -> None:
    client = client_of(importer)
    page = client.get(reverse("petition-check", args=[whole.pk]))
    assert "no-store" in page["Cache-Control"]
    own = text(page).partition("Your answers")[2].partition("The public version")[0]
    form, answers = petition_form(whole.round), petition_answers()
    for row in form.printed(answers):
        if form.question(row.key).kind is not questionnaires.Kind.CERTIFY:
            assert " ".join(row.value.split()) in own, row.label
    steps = page.context["own"]
    secret = {answer.key for step in steps for answer in step.answers if answer.confidential}
    assert form.confidential_keys & form.effective(form.clean(answers)).keys() <= secret
    assert own.count("Business confidential") == len(secret)
    assert not secret & {answer.key for step in steps for answer in step.answers if form.question(answer.key).is_public}
    for step in steps:
        there = client.get(step_url(whole, step.key)).content.decode()
        for answer in step.answers:
            assert f'href="{step_url(whole, step.key)}#id_{answer.key}"' in page.content.decode()
            assert f'id="id_{answer.key}"' in there
            assert f"Change “{answer.label}”" in own


def test_one_tick_says_that_none_was_bought_of_an_origin(
    importer: User, draft: Petition, client_of: SignIn, clock: Clock
) -> None:
    client = client_of(importer)
    tick = "purchases-united_states-none"
    assert f'name="{tick}"' in client.get(step_url(draft, "trade")).content.decode()
    typed_in = {"purchases-united_states-2017-value": "1200", "purchases-china-2017-value": "5", tick: "on"}
    save(client, draft, "trade", **typed_in)
    kept = draft.versions.get().answers["purchases"]
    assert kept["united_states"].pop("2017") == {"value": "1200", "quantity": "0"}
    assert list(kept["united_states"].values()) == [{"value": "0", "quantity": "0"}] * 2
    assert kept["china"] == {"2017": {"value": "5"}}
    assert "third_country" not in kept
    page = client.get(step_url(draft, "trade")).content.decode()
    assert f'name="{tick}"' not in page
    assert 'name="purchases-third_country-none"' in page


def test_a_draft_begins_with_the_filers_own_name_and_address(
    importer: User, filer: User, draft: Petition, meadowlark: Organization, list3: Round, at: datetime
) -> None:
    own = draft.versions.get().answers
    names = (own["requester_first_name"], own["requester_last_name"], own["requester_email"])
    assert names == ("Ada", "Importer", importer.email)
    firm = Organization.objects.get(memberships__user=filer)
    theirs = (
        petitions.start(round=list3, organization=meadowlark, filer_organization=firm, by=filer, at=at)
        .versions.get()
        .answers
    )
    assert theirs["third_party_email"] == filer.email
    assert "requester_email" not in theirs
    petitions.save_answers(draft, by=importer, at=at, answers={"requester_email": "desk@meadowlark.example"})
    again = petitions.start(round=list3, organization=meadowlark, by=importer, at=at).versions.get().answers
    assert again["requester_email"] == "desk@meadowlark.example"
