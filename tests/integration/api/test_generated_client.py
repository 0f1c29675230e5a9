"""A typed client that a tool from elsewhere makes of the served schema reads the whole API.

Nothing of it is ours: openapi-python-client writes it, and what the schema says wrongly, its types refuse to read.
"""

from datetime import date
from importlib import import_module
from types import ModuleType
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from exclusions import questionnaires
from exclusions.models import Exclusion, PublicPetition, Round, TariffLine
from tests.factories.site import DECIDED, WHOLE_NUMBER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("listed_site", "no_throttle")]

SITE = "http://testserver"
LISTS: dict[str, tuple[str, type[Any], str]] = {
    "rounds": ("rounds.rounds_list", Round, "slug"),
    "docket": ("docket.docket_list", PublicPetition, "reference"),
    "exclusions": ("exclusions.exclusions_list", Exclusion, "reference"),
    "tariff lines": ("tariff.tariff_lines_list", TariffLine, "number"),
}


@pytest.fixture
def api(package: str, in_process: httpx.WSGITransport) -> Any:
    """Return the generated client, which asks the product in this process. An answer not in the schema raises."""
    made = import_module(package).Client
    return made(base_url=SITE, raise_on_unexpected_status=True, httpx_args={"transport": in_process})


def operation(package: str, name: str) -> ModuleType:
    """Return the module of one operation."""
    return import_module(f"{package}.api.{name}")


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("size", [50, 7])
def test_it_reads_every_list_to_its_end(api: Any, package: str, name: str, size: int) -> None:
    module, model, key = LISTS[name]
    asked: dict[str, Any] = {"page_size": size}
    found: list[str] = []
    for _ in range(1 + model.objects.count() // size):
        page = operation(package, module).sync(client=api, **asked)
        found += [getattr(row, key).replace(".", "") if key == "number" else getattr(row, key) for row in page.results]
        if page.next_ is None:
            break
        asked["cursor"] = parse_qs(urlsplit(page.next_).query)["cursor"][0]
    assert page.next_ is None
    assert sorted(found) == sorted(model.objects.values_list(key, flat=True))


def test_it_reads_single_things_with_dates_that_lack(api: Any, package: str) -> None:
    petition = operation(package, "docket.docket_retrieve").sync(client=api, reference=DECIDED)
    assert (petition.decision.decided_on, petition.decision.exclusion) == (date(2019, 9, 2), "L1-REWORDED")
    assert [response.replied_at is None for response in petition.responses] == [False, True]
    exclusion = operation(package, "exclusions.exclusions_retrieve").sync(client=api, reference="L1-REWORDED")
    assert [text.from_ for text in exclusion.texts] == [None, date(2019, 5, 1)]
    assert [term.published_on for term in exclusion.terms] == [date(2019, 3, 25), None]
    covid = operation(package, "rounds.rounds_retrieve").sync(client=api, slug="covid")
    assert (covid.response_days, covid.term_ends_on) == (None, None)
    line = operation(package, "tariff.tariff_lines_retrieve").sync(client=api, number=WHOLE_NUMBER)
    assert [after.effective_on for after in line.successors] == [None]


def test_it_reads_every_questionnaire(api: Any, package: str) -> None:
    for key in questionnaires.KEYS:
        form = operation(package, "questionnaires.questionnaires_retrieve").sync(client=api, key=key)
        assert len(form.questions) == len(questionnaires.get(key).questions)


def test_it_understands_refusals(api: Any, package: str) -> None:
    refused = operation(package, "docket.docket_list").sync(client=api, cursor="cD14")
    assert (refused.status, refused.errors[0].field) == (400, "cursor")
    missing = operation(package, "docket.docket_retrieve").sync(client=api, reference="USTR-2019-0005-999999")
    assert (missing.status, missing.title) == (404, "Not found")
