"""The number picker of a petition: headings first, only what may be filed, and the focus where it was."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from exclusions.models import Petition, TariffAction, User
from tests.factories.asking.exclusions import make_exclusion
from tests.factories.asking.schedule import LINES, load_schedule
from tests.factories.tariff import LIST_1, LIST_3, cover
from tests.factories.typed import typed

pytestmark = pytest.mark.django_db
SignIn = Callable[[User | None], Client]


def test_the_picker_offers_headings_first_and_only_numbers_that_the_round_takes(
    draft: Petition, importer: User, client_of: SignIn
) -> None:
    special = ("9902129900", "Temporary reductions: Breast pumps of steel")
    load_schedule([*LINES, ("42029210", "Trunks: Backpacks"), ("4202921000", "Trunks: Backpacks"), special], LIST_1)
    for number in ("84138100", "99021299"):
        cover(TariffAction.objects.get(code="3"), number, "99038803", LIST_3)
    make_exclusion(number="8413810040")
    look = reverse("petition-hts", args=[draft.pk])

    found = " ".join(client_of(importer).get(look, {"hts_q": "breast pumps"}).content.decode().split())
    assert "8413</span> Pumps for liquids" in found
    assert 'value="use:8413810040"' in found
    assert "Breast pumps (Other pumps; Pumps for liquids)" in found
    assert "use:9902129900" not in found
    assert "Numbers named in exclusions with these words" in found
    bags = client_of(importer).get(look, {"hts_q": "backpack"}).content.decode()
    assert "use:4202921000" not in bags
    assert "You cannot file for it in this round." in bags
    for number in ("4202.92.1000", "9999.99.9999", "9902.12.9900"):
        assert "use:" not in client_of(importer).get(look, {"q": number}).content.decode(), number


def test_using_a_number_leads_back_to_its_field(draft: Petition, importer: User, client_of: SignIn) -> None:
    client, url = client_of(importer), reverse("petition-step", args=[draft.pk, "product"])
    answer = client.post(url, {**typed(client.get(url)), "action": "use:6810990080"})
    assert answer["Location"] == f"{url}#id_hts10"
    assert b'id="id_hts10"' in client.get(url).content
