"""The help: every page opens with words of its own, every question leads to one, and the box remarks on a text."""

import json
import re
from collections.abc import Callable

import pytest
from django.template import engines
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from exclusions import questionnaires
from exclusions.criteria import ALL
from exclusions.models import Petition, User
from exclusions.queries.lookup.help_pages import PAGES, help_of, help_pages
from exclusions.workflow.states import Status
from tests.factories.cast import SignedIn

DESCRIPTION = re.compile(r'<meta\s+name="description"\s+content="([^"]*)"')
TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
LD = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


@pytest.mark.django_db
def test_every_page_has_a_title_and_a_description_of_its_own(client: Client) -> None:
    pages = {page.address: client.get(page.address).content.decode() for page in PAGES}
    pages[reverse("help")] = client.get(reverse("help")).content.decode()
    for of in (TITLE, DESCRIPTION):
        said = {address: found[1].strip() for address, page in pages.items() if (found := of.search(page))}
        assert said.keys() == pages.keys()
        assert len(set(said.values())) == len(pages)


@pytest.mark.django_db
def test_pages_for_everybody_say_what_they_are_about(client: Client) -> None:
    names = (
        "home",
        "docket",
        "exclusions",
        "tariff",
        "rounds",
        "verify",
        "context",
        "statistics",
        "watch",
        "account_login",
    )
    pages = [client.get(reverse(name)).content.decode() for name in names]
    said = [found[1].strip() for page in pages if (found := DESCRIPTION.search(page))]
    assert len(set(said)) == len(names)
    assert json.loads((LD.search(pages[0]) or [""])[1])["@type"] == "WebSite"


@pytest.mark.django_db
def test_each_factor_has_its_page_with_its_question_and_the_reason_of_a_denial(client: Client) -> None:
    for factor in ALL:
        page = client.get(reverse("help-page", args=[factor.key.replace("_", "-")])).content.decode()
        assert factor.citation in page
        assert all(part in re.sub(r"&#x27;|&quot;", "'", page) for part in factor.question.split('"')[:1])
        assert all(escape(reason) in page for reason in factor.denial_reasons)
        assert "says: “”" not in page


@pytest.mark.parametrize("form", questionnaires.KEYS)
def test_each_question_of_each_form_leads_to_a_page(form: str) -> None:
    led = {question.key: help_of(question) for question in questionnaires.get(form).questions}
    assert set(led.values()) <= set(PAGES)


def test_a_question_on_a_factor_leads_to_the_page_of_that_factor() -> None:
    asked = {question.key: help_of(question).slug for question in questionnaires.get("petition-2019").questions}
    assert asked["available_us_explanation"] == "availability"
    assert asked["severe_harm_explanation"] == "severe-economic-harm"
    assert asked["product_description"] == "describing-a-product"
    assert asked["purchases"] == "trade-figures"
    assert asked["certify_confidential"] == "confidential"


def test_a_search_meets_the_words_of_a_page_and_no_markup() -> None:
    words = {page.slug: page.plain_text for page in help_pages()}
    assert "binding ruling" in words["contact"]
    assert "CAS number" in words["glossary"]
    assert not [slug for slug, text in words.items() if re.search(r"{%|{{|<\w", text)]


def test_a_step_of_the_form_links_each_page_of_its_help_once(
    importer: User, petition_in: Callable[[Status], Petition]
) -> None:
    draft = petition_in(Status.DRAFT)
    page = SignedIn(importer).get(reverse("petition-step", args=[draft.pk, "availability"])).content.decode()
    assert page.count(f'href="{reverse("help-page", args=["availability"])}"') == 1


@pytest.mark.django_db
def test_a_text_is_remarked_on_with_its_words_marked_and_stays_in_the_box(client: Client) -> None:
    text = "Ball valves, brand FlowMate <b>"
    page = client.post(reverse("help-describe"), {"text": text}).content.decode()
    assert "<mark>" in page
    assert "FlowMate" in page
    assert "names a trademark or brand" in page
    assert "FlowMate &lt;b&gt;</textarea>" in page


@pytest.mark.django_db
def test_a_text_without_fault_is_told_so_and_one_as_typed_is_answered_with_the_remarks_alone(client: Client) -> None:
    text = "Breast pumps, whether or not with accessories or batteries"
    piece = client.post(reverse("help-describe"), {"text": text}, headers={"HX-Request": "true"}).content.decode()
    assert "nothing to remark" in piece
    assert "<html" not in piece


@pytest.mark.django_db
def test_a_text_that_is_too_long_is_answered_with_a_sentence(client: Client) -> None:
    page = client.post(reverse("help-describe"), {"text": "valves " * 2000})
    assert page.status_code == 200
    assert "Shorten it" in page.content.decode()


@pytest.mark.django_db
def test_an_unknown_page_is_not_found(client: Client) -> None:
    assert client.get(reverse("help-page", args=["nonsense"])).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(("slug", "kind"), [("glossary", "DefinedTermSet"), ("questions", "FAQPage")])
def test_what_a_page_lists_is_said_to_machines_too(client: Client, slug: str, kind: str) -> None:
    found = LD.search(client.get(reverse("help-page", args=[slug])).content.decode())
    assert found
    assert json.loads(found[1])["@type"] == kind


def test_structured_data_cannot_end_its_own_block() -> None:
    source = engines["django"].from_string("{% load page_head %}{% structured facts %}")
    block = source.render({"facts": {"name": "</script><script>alert(1)</script> & more"}})
    assert block.count("<") == 2
    assert json.loads(block[block.index(">") + 1 : block.rindex("<")])["name"].endswith("& more")
