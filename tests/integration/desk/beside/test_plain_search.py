"""A search for numbers, newest first, is answered by a statement of its own: as the search for words answers it."""

from itertools import product
from typing import Any

import pytest
from django.http import QueryDict

from exclusions.actions.store.cases import store_docket
from exclusions.forms.desk.search import CaseSearch
from exclusions.models import Petition, Recusal, User
from exclusions.queries.desk import search
from exclusions.queries.desk.plain_search import plain_page, plain_search
from exclusions.workflow.states import Status
from tests.factories.world import World
from tests.integration.desk.beside.test_counted_around import DOCKET, docket_rows

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.both_databases("Each sorts a day that is not known, and counts by triggers of its own."),
]
PLAIN = [
    "", "q=8903.10&sort=newest", "q=8903.10.00+8903.1000.45&sort=newest", "q=0000.00&sort=newest", "kind=historical",
    "kind=live&outcome=open", "outcome=denied&sort=newest", f"docket={DOCKET}&kind=historical", "docket=nowhere",
    "kind=neither&outcome=denied&q=", "kind= live",
]  # fmt: skip
OTHERS = ["q=kayak&sort=newest", "q=8903.10", "q=89031000&sort=newest", "q=8903.10+kayak&sort=newest", "docket=%00"]


def found(user: User, asked: QueryDict, page: str) -> tuple[int, list[Any], dict[str, Any]]:
    """Return what the search for words finds: how many, the cases of a page as they are printed, and what it asked."""
    narrowed = CaseSearch(asked, search.cases_of(user))
    cases = search.of_page(narrowed.found, int(page))
    printed = [
        (one.reference, one.kind, one.requester, one.hts10, one.product, one.outcome, one.filed_on, one.decided_on)
        for one in cases
    ]
    words = [(one.get_kind_display(), one.get_outcome_display()) for one in cases]
    chosen = {"kind": "", "outcome": "", **narrowed.chosen}
    return narrowed.found.count(), [printed, words], chosen


@pytest.mark.parametrize("role", ["reviewer1", "drafter"])
def test_what_is_found_is_what_the_search_for_words_finds(role: str, world: World, cast: dict[str, User]) -> None:
    store_docket(docket_rows(), docket=DOCKET)
    user, barred = cast[role], Petition.objects.exclude(status=Status.DRAFT).order_by("reference")[2]
    Recusal.objects.create(petition=barred, user=user, reason="A friend.", declared_at=barred.created_at)
    for query, page in product(PLAIN, ("1", "2")):
        asked = QueryDict(query)
        plain = plain_search(asked)
        assert plain, query
        count, printed, chosen = found(user, asked, page)
        shown = plain_page(plain, user, page)
        assert shown.paginator.count == count, query
        assert dict(plain.chosen) == chosen, query
        if int(page) <= shown.paginator.num_pages:
            cases = list(shown.object_list)
            words = [(one.get_kind_display(), one.get_outcome_display()) for one in cases]
            assert [[tuple(one) for one in cases], words] == printed, query


def test_a_page_beyond_the_last_is_the_last_and_none_is_the_first(world: World, cast: dict[str, User]) -> None:
    store_docket(docket_rows(), docket=DOCKET)
    plain = plain_search(QueryDict(f"docket={DOCKET}"))
    assert plain
    last, first = (plain_page(plain, cast["reviewer1"], page) for page in ("99", "many"))
    assert (last.number, len(last.object_list), last.paginator.count) == (4, 10, 130)
    assert (first.number, len(first.object_list)) == (1, 40)


@pytest.mark.parametrize("query", OTHERS)
def test_words_and_the_best_match_are_looked_for_elsewhere(query: str) -> None:
    assert plain_search(QueryDict(query)) is None
