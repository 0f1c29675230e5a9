"""Who files for a product that an exclusion covered until it ended is told so, wherever the number is looked at."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from exclusions.actions.filing import petitions
from exclusions.models import Exclusion, Petition, TariffAction, TariffLine, User
from tests.factories.tariff import LIST_3, cover, exclude

pytestmark = pytest.mark.django_db
SignIn = Callable[[User | None], Client]
CAGES = "7323999080"
TEXT = "Pet cages of steel (described in statistical reporting number 7323.99.9080)"
SAID = "An exclusion in these words covered this number until December 31, 2018 (9903.88.05)"
REMEDY = "If your product met its text, say so in the petition."


@pytest.fixture
def ended(draft: Petition) -> Exclusion:
    """Return an exclusion of pet cages that ended before the filing day; another of the number is for other goods."""
    for number, level in ((CAGES[:8], 8), (CAGES, 10)):
        TariffLine.objects.create(
            number=number, level=level, indent=level, position=9000 + level, description="Other",
            full_description="Of steel: Other", valid_from=date(2018, 1, 1),
        )  # fmt: skip
    action = TariffAction.objects.get(code="3")
    cover(action, CAGES[:8], "99038803", LIST_3)
    exclude(action, CAGES, LIST_3, date(2018, 12, 31), text="Grill grates of stainless steel")
    return exclude(action, CAGES, LIST_3, date(2018, 12, 31), text=TEXT)


def told(client: Client, address: str, **query: str) -> str:
    answer = client.get(address, query)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def name_it(draft: Petition, importer: User, at: datetime, product: str) -> None:
    answers = {"hts10": CAGES, "product_name": product, "product_description": f"{product}, welded, with a lock."}
    petitions.save_answers(draft, by=importer, at=at, answers={**answers, "unique_features": ""})


def test_picker_and_check_page_tell_of_an_ended_exclusion_in_the_words_of_the_product(
    ended: Exclusion, draft: Petition, importer: User, client_of: SignIn, at: datetime
) -> None:
    name_it(draft, importer, at, "Pet cages of steel")
    client = client_of(importer)
    pages = [
        told(client, reverse("petition-hts", args=[draft.pk]), q="7323.99.9080"),
        told(client, reverse("petition-step", args=[draft.pk, "product"])),
        told(client, reverse("petition-check", args=[draft.pk])),
    ]
    for page in pages:
        assert SAID in page
        assert TEXT in page
        assert REMEDY in page
        assert "Grill grates" not in page


def test_goods_that_no_ended_text_calls_by_their_name_are_not_bothered(
    ended: Exclusion, draft: Petition, importer: User, client_of: SignIn, at: datetime
) -> None:
    name_it(draft, importer, at, "Bird feeders of steel")
    page = told(client_of(importer), reverse("petition-check", args=[draft.pk]))
    assert "covered this number until" not in page


def test_does_an_exclusion_cover_mine_finds_the_same_one(ended: Exclusion, client: Client, at: datetime) -> None:
    page = told(client, reverse("fit"), hts=CAGES, text="Pet cages of steel", as_of="2019-07-08")
    assert TEXT in page
