"""The page on which a product text is drafted: what stands beside it, attributes into words, remarks, the reach."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exclusions.actions.store.cases import store_case
from exclusions.models import Petition, ProductDraft, StoredCase, User
from exclusions.queries.notices.reach import reach_of
from exclusions.workflow.states import Status

pytestmark = pytest.mark.django_db
TEXT = (
    "Quartz slabs, each measuring over 2 cm but not over 4 cm in thickness (described in statistical reporting number "
    "6810.99.0010)"
)
Bring = Callable[[Status], Petition]
ClientOf = Callable[[User], Client]
TODAY = date(2019, 7, 8)


@pytest.fixture
def drafting(petition_in: Bring) -> Petition:
    return petition_in(Status.DRAFTING)


def page_of(petition: Petition, client: Client, **sent: str) -> str:
    url = reverse("case-entry", args=[petition.reference, "product_text"])
    answer = client.post(url, sent) if sent else client.get(url)
    assert answer.status_code == 200, answer.content
    return " ".join(answer.content.decode().split())


def other(petition: Petition, number: int, product: str, words: str = "") -> StoredCase:
    """Put a pending case on the number of a petition in the store, of a copy of that petition."""
    copy = Petition.objects.get(pk=petition.pk)
    copy.pk, copy.reference = None, f"{petition.reference}-{number}"
    copy._state.adding = True
    copy.save(force_insert=True)
    return StoredCase.objects.create(
        reference=copy.reference,
        kind=StoredCase.Kind.LIVE,
        docket=petition.round.docket,
        petition=copy,
        organization=petition.organization,
        requester="Another Company",
        hts10=petition.hts10,
        product=product,
        words=f"{product}\n{words}",
        filed_on=TODAY,
    )


def test_the_drafter_reads_petition_tariff_and_pending_cases_beside_the_text(
    drafting: Petition, drafter: User, client_of: ClientOf
) -> None:
    page = page_of(drafting, client_of(drafter))
    for heading in ("What the petition asks", "Responses and replies", "The number in the words of the tariff"):
        assert heading in page
    assert "Pending cases on the number" in page
    assert drafting.product_name in page


def test_attributes_become_the_text_and_nothing_is_saved(
    drafting: Petition, drafter: User, client_of: ClientOf
) -> None:
    sent = {
        "number": "6810.99.0010",
        "text": "",
        "noun": "quartz slabs",
        "kind_1": "thickness",
        "low_1": "2",
        "high_1": "4",
        "unit_1": "cm",
        "over_1": "on",
        "write": "1",
    }
    assert TEXT in page_of(drafting, client_of(drafter), **sent)
    assert not ProductDraft.objects.filter(petition=drafting).exists()
    refused = page_of(drafting, client_of(drafter), **{**sent, "unit_1": "bananas"})
    assert "The thickness needs a unit" in refused
    assert 'value="quartz slabs"' in refused


def test_the_words_of_a_remark_are_marked(drafting: Petition, drafter: User, client_of: ClientOf) -> None:
    sent = {"number": "6810.99.0010", "text": "Quartzo® slabs for hospitals (6810.99.0010)", "check": "1"}
    page = page_of(drafting, client_of(drafter), **sent)
    assert "<mark >Quartzo®</mark>" in page
    assert "The text names a trademark or brand: “Quartzo®”. Leave it out: “slabs”." in page


def test_the_reach_names_who_is_answered_perhaps_answered_and_left_out(
    drafting: Petition, drafter: User, at: datetime
) -> None:
    store_case(drafting, at=at)
    within = other(drafting, 1, "Quartz slabs, 3 cm in thickness")
    perhaps = other(drafting, 2, "Quartz slabs")
    other(drafting, 3, "Quartz slabs, 6 cm in thickness")
    other(drafting, 4, "Steel pipes")
    found = reach_of(drafting, TEXT, "6810990010", drafter, TODAY)
    assert (found.sure, found.maybe, found.compared) == (1, 1, 3), "a case that does not say slab is not even read"
    assert [one.reference for one in found.pending] == [within.reference, perhaps.reference]
    assert [(words, [one.reference for one in cases]) for words, cases in found.by_verdict] == [
        ("Surely", [within.reference]),
        ("Perhaps", [perhaps.reference]),
    ]


def test_the_reach_asks_as_many_statements_for_many_cases_as_for_few(
    drafting: Petition, drafter: User, at: datetime
) -> None:
    store_case(drafting, at=at)
    counts = []
    for batch in (range(2), range(2, 30)):
        for number in batch:
            other(drafting, number, "Quartz slabs, 3 cm in thickness")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            reach_of(drafting, TEXT, "6810990010", drafter, TODAY)
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[0] <= 6
