"""The demonstration: made by the real actions, in every state, once; the acceptance scenarios among its cases."""

import html
from datetime import date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from exclusions.facts.numbers import on_day
from exclusions.hts import HtsNumber
from exclusions.management.demo.people import COMPANIES, PASSWORD, STAFF
from exclusions.management.demo.products import RADIOS
from exclusions.management.demo.stories import STORIES, Story
from exclusions.models import (
    Decision,
    Exclusion,
    ExclusionTerm,
    LegalReview,
    Membership,
    Notification,
    Petition,
    PublicPetition,
    Response,
    Round,
    User,
)
from exclusions.queries.record.record_check import breaks
from exclusions.views.core.context_processors import home_of
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.roles import Role
from exclusions.workflow.states import Status
from tests.conftest import Clock
from tests.factories.facts import make_action, make_round

pytestmark = pytest.mark.django_db
LIST_OF = {"2": "8501", "3": "6810 8481 8712 4202 6505 4819", "4A": "2933 3924 3926 6302"}


@pytest.fixture
def demo(clock: Clock, settings: Settings) -> Round:
    """Return an open demonstration round on all lists, the products of the stories covered."""
    settings.DEMO = True
    at = clock.now
    round_ = make_round(
        "demo",
        docket="USTR-2026-9001",
        title="Demonstration round",
        questionnaire="petition-2019-4a",
        is_demo=True,
        opens_at=at - timedelta(days=30),
        closes_at=at + timedelta(days=300),
        term_rule=Round.TermRule.ONE_YEAR,
        term_ends_on=None,
        heading="99038899",
        note="",
        retroactive_from=(at - timedelta(days=30)).date(),
        purchase_periods=["2017", "2018", "2019-H1"],
    )
    headings = {"1": "99038801", "2": "99038802", "3": "99038803", "4A": "99038815"}
    for story in STORIES:
        number = story.product.number
        code = next((code for code, numbers in LIST_OF.items() if number[:4] in numbers), "1")
        round_.actions.add(make_action(code, heading=headings[code], number=number[:8]))
    return round_


def seed(*arguments: str) -> str:
    out = StringIO()
    call_command("seed_demo", *arguments, stdout=out)
    return out.getvalue()


def shows_each_page(demo: Round) -> None:
    """Assert that whoever signs in finds something on the page where they begin, and the public on theirs."""
    # What waits for a second person is nothing that stays, so the administrators' page may be empty.
    begin = [account for account in (*STAFF, *COMPANIES[:3]) if account.role != Role.ADMIN]
    homes = [(reverse(home_of(account.role)), account.email) for account in begin]
    asked = [*homes, *((reverse(name), "") for name in ("docket", "exclusions"))]
    named = {demo.docket, *(word for story in STORIES for word in (story.product.name, story.product.text) if word)}
    bare = []
    for path, email in asked:
        client = Client()
        if email:
            client.force_login(User.objects.get(email=email))
        said = html.unescape(client.get(path).content.decode())
        if not any(word in said for word in named):
            bare.append((path, email))
    assert bare == []
    signed = LegalReview.objects.filter(petition__status=Status.SIGNATURE).values_list("outcome", flat=True)
    assert set(signed) == {"grant", "deny"}, "a page to sign on shows both"
    given = Response.objects.values_list("position", "replies")
    assert {position for position, _ in given} == {"support", "oppose"}
    assert {reply is None for _, reply in given} == {True, False}, "responses with a reply, and without"


def names_people_of_its_own_company() -> None:
    """Assert that each petition of the demonstration was filed by people of the company that it names."""
    for petition in Petition.objects.select_related("organization"):
        answers = petition.versions.order_by("-number")[0].answers
        members = User.objects.filter(memberships__organization=petition.organization)
        assert answers["org_legal_name"] == petition.organization.legal_name
        assert answers["requester_email"] in members.values_list("email", flat=True), petition


def test_the_demonstration_is_whole(demo: Round) -> None:
    printed = seed()
    assert f"with the password {PASSWORD}" in printed
    for account in (*STAFF, COMPANIES[0], COMPANIES[1], COMPANIES[2]):
        assert account.email in printed
    untold = set(Status.values) - set(Petition.objects.values_list("status", flat=True))
    assert Petition.objects.count() == len(STORIES)
    assert not untold, f"Tell a story of each in management/demo/stories.py: {sorted(untold)}"
    assert not Petition.objects.filter(status_since__gt=timezone.now()).exists()
    assert not Notification.objects.filter(sent_at__isnull=True).exists()
    assert list(breaks()) == []
    shows_each_page(demo)
    names_people_of_its_own_company()
    # Scenario 1: breast pumps, filed by a firm, two in support, granted as a description.
    pumps = Petition.objects.get(status=Status.PUBLISHED, hts10="8413810040")
    assert pumps.filer_organization is not None
    assert PublicPetition.objects.get(reference=pumps.reference).support_count == 2
    # Scenario 2: two firms ask for one number; the whole number is one exclusion with one term.
    radios = Decision.objects.filter(petition__hts10="8525601010")
    exclusion = Exclusion.objects.get(pk=radios.values_list("exclusion")[:1])
    assert radios.count() == Decision.objects.filter(exclusion=exclusion).count() == 2
    assert exclusion.texts.get().whole_number
    assert exclusion.terms.count() == 1
    # Scenarios 7 and 10: denied with their codes.
    codes = dict(Decision.objects.filter(outcome="deny").values_list("petition__hts10", "denial_codes"))
    assert (codes["6810990020"], codes["8479500000"]) == (["DR1", "DR2"], ["DR1", "DR3"])
    # A denial that was reopened and signed again: both are public.
    robots = PublicPetition.objects.get(hts10="8479500000")
    assert [one["outcome"] for one in robots.former_decisions] == ["deny"]
    # Scenario 11: the text names IUPAC, CAS and purity; its term waits for the notice.
    cyanuric = Decision.objects.get(petition__hts10="2933696010").exclusion
    assert cyanuric is not None
    assert "CAS 108-77-0" in cyanuric.texts.get().text
    assert cyanuric.terms.get().status == ExclusionTerm.Status.PENDING
    # What was published is found by the look-up, for one year from the notice.
    published = Decision.objects.get(petition=pumps).exclusion
    assert published is not None
    term = published.terms.get()
    assert term.published_on is not None
    assert term.valid_to == term.published_on.replace(year=term.published_on.year + 1)
    for day, expected in ((demo.retroactive_from, 1), (term.valid_to, 1), (term.valid_to + timedelta(days=1), 0)):
        assert isinstance(day, date)
        assert len(on_day(HtsNumber("8413810040"), day).exclusions) == expected


def test_a_second_run_changes_nothing(demo: Round) -> None:
    seed("--petitions", "3")
    before = [model.objects.count() for model in (Petition, User, Membership, Decision, Notification)]
    assert "already there" in seed("--petitions", "3")
    assert [model.objects.count() for model in (Petition, User, Membership, Decision, Notification)] == before


def test_more_petitions_than_stories(demo: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is beyond the stories repeats them; all are told above, here those that come to level 1."""
    few = [story for story in STORIES if story.until == Status.LEVEL1]
    monkeypatch.setattr("exclusions.management.demo.seed.STORIES", few)
    seed("--petitions", str(len(few) + 3))
    assert Petition.objects.count() == len(few) + 3


def test_a_denial_without_a_rationale_of_its_own_is_no_story() -> None:
    with pytest.raises(ValueError, match=f"Give the denial of {RADIOS.name} a rationale of its own."):
        Story(RADIOS, Status.DENIED, codes=("DR1",))


def test_the_printed_accounts_can_sign_in(demo: Round) -> None:
    seed("--petitions", "0")
    sent = {"login": "reviewer1@demo.example", "password": PASSWORD}
    assert Client().post("/accounts/login/", sent).status_code == 302


def test_it_is_refused_outside_a_demonstration(db: None, settings: Settings) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO=1"):
        seed()
    assert not User.objects.exists()


def test_it_says_what_to_load_first(db: None, settings: Settings) -> None:
    settings.DEMO = True
    with pytest.raises(CommandError, match="load_rounds"):
        seed()


def test_dates_are_those_of_new_york(demo: Round) -> None:
    seed("--petitions", "1")
    petition = Petition.objects.get()
    assert isinstance(petition.posted_at, datetime)
    assert PublicPetition.objects.get().posted_on == eastern_date(petition.posted_at)
