"""Acceptance scenarios that end at the filer's own screen, on the lists as they are shipped."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from exclusions.actions.filing import petitions
from exclusions.errors import Incomplete
from exclusions.models import HtsEdition, Organization, Petition, Round, TariffLine, User
from exclusions.permissions.filing import remarks
from tests.conftest import Clock
from tests.factories.answers import CERTIFIED, petition_answers, purchases
from tests.factories.typed import typed

EASTERN = ZoneInfo("America/New_York")
SignIn = Callable[[User | None], Client]
LINES = {
    "84713001": "Portable automatic data processing machines, weighing not more than 10 kg",
    "8471300100": "Portable automatic data processing machines, weighing not more than 10 kg",
    "84879000": "Machinery parts, not containing electrical features: Other",
    "8487900040": "Machinery parts: Parts of seals",
    "8487900080": "Machinery parts: Other",
    "84824000": "Needle roller bearings",
    "84818030": "Taps, cocks, valves: Hand operated: Of iron or steel",
    "8481803090": "Taps, cocks, valves: Hand operated: Of iron or steel: Of steel: Other",
}


@pytest.fixture
def shipped(db: None, settings: Any) -> None:
    """Load the lists and rounds that ship with the product, and a few lines of the schedule."""
    settings.DEMO = True
    call_command("load_shipped", "--lists-alone", verbosity=0)
    call_command("load_rounds", "exclusions/data/rounds.toml", verbosity=0)
    HtsEdition.objects.create(
        name="2018", valid_from=date(2018, 1, 1), source="test", sha256="0" * 64, row_count=len(LINES),
        loaded_at=datetime(2018, 1, 1, tzinfo=EASTERN),
    )  # fmt: skip
    for number, words in LINES.items():
        TariffLine.objects.create(
            number=number, level=len(number), position=1, description=words, full_description=words,
            valid_from=date(2018, 1, 1),
        )  # fmt: skip


def begin(importer: User, slug: str, at: datetime, **answers: Any) -> Petition:
    """Return a draft of the importer's organization in a shipped round."""
    organization = Organization.objects.get(memberships__user=importer)
    round_ = Round.objects.get(slug=slug)
    known = petition_answers(**answers)
    return petitions.start(round=round_, organization=organization, by=importer, at=at, answers=known)


def test_scenario_4_laptops_are_on_no_active_list(
    shipped: None, importer: User, client_of: SignIn, clock: Clock, at: datetime
) -> None:
    draft = begin(importer, "list-3", at, hts10="8471.30.0100")
    said = [(r.key, r.message) for r in remarks(draft, draft.versions.get().answers, at) if r.is_error]
    assert said == [("hts10", "8471.30.0100 is not covered by this action (List 3).")]
    with pytest.raises(Incomplete, match="No Section 301 list covers this number, so you cannot file for it"):
        petitions.submit(draft, by=importer, at=at, certified=CERTIFIED)
    page = client_of(importer).get(reverse("petition-check", args=[draft.pk]))
    assert b"1 thing to correct before you can submit" in page.content


def test_scenario_5_eight_digits_are_offered_their_lines_and_8_plus_00_is_accepted(
    shipped: None, importer: User, client_of: SignIn, clock: Clock
) -> None:
    at = clock.move_to(datetime(2018, 8, 1, 10, 0, tzinfo=EASTERN))
    draft = begin(importer, "list-1", at, hts10="", purchases=purchases(("2015", "2016", "2017")))
    client = client_of(importer)
    url = reverse("petition-step", args=[draft.pk, "product"])
    answer = client.post(url, {**typed(client.get(url)), "hts10": "84879000", "action": "continue"}, follow=True)
    sentence = " ".join(answer.context["form"].errors["hts10"])
    assert "8487.90.00 has 8 digits. Enter all ten digits." in sentence
    assert "8487.90.0040" in sentence
    assert b"use:8487900080" in answer.content
    answer = client.post(url, {**typed(answer), "hts10": "8482400000", "action": "continue"})
    assert answer.status_code == 302
    assert petitions.submit(draft, by=importer, at=at, certified=CERTIFIED).hts10 == "8482400000"


def test_scenario_9_end_users_and_trademarks_cannot_define_the_product(
    shipped: None, importer: User, at: datetime
) -> None:
    draft = begin(
        importer,
        "list-3",
        at,
        hts10="8481.80.3090",
        product_name="Ball valves",
        product_description="Ball valves used by RV makers in Indiana, brand FlowMate, of steel, 12 mm to 20 mm bore.",
    )
    errors = [r for r in remarks(draft, draft.versions.get().answers, at) if r.is_error]
    assert {error.key for error in errors} == {"product_description"}
    told = " ".join(error.sentence for error in errors)
    for word in ("FlowMate", "used by RV makers in Indiana", "“Ball valves, of steel, 12 mm to 20 mm bore”"):
        assert word in told
    petitions.save_answers(
        draft,
        by=importer,
        at=at,
        answers={
            "product_description": (
                "Hand operated ball valves of steel, each with a nominal bore of 12 mm or more but not over 20 mm, for "
                "a pressure not over 10 bar, of a weight of 0.3 kg to 0.6 kg and a length of 60 mm to 90 mm."
            )
        },
    )
    assert petitions.submit(draft, by=importer, at=at, certified=CERTIFIED).reference
