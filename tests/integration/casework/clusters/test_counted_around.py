"""What is counted around a case is what stands in its relations, one by one."""

from collections import Counter
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest

from exclusions.actions.store.cases import store_docket
from exclusions.facts.like_cases import near_to
from exclusions.models import Interest, Petition, Recusal, StoredCase, User
from exclusions.queries.casework.clusters.like_page import RELATIONS, LikePage, like_page
from exclusions.queries.casework.lists.search import cases_of
from exclusions.workflow.states import Status
from tests.factories.world import World

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.both_databases("Each has lists of numbers of its own, and sorts a day that is not known elsewhere."),
]
DOCKET = "USTR-2018-0032"


def docket_rows(count: int = 130) -> list[dict[str, Any]]:
    """Return rows of a docket, of two numbers and three requesters, some on no known day."""
    return [
        {
            "reference": f"{DOCKET}-{number:06d}",
            "requester": ("Blue Water Kayaks", "Red Sea", "")[number % 3],
            "hts10": ("8903100060", "8903100045")[number % 5 == 0],
            "product": ("Inflatable kayak", f"Kayak paddle {number}", f"Steel door {number}")[number % 7 % 3],
            "posted_on": None if number % 11 == 0 else date(2019, 6, 1) + timedelta(days=number % 9),
            "stage": ("granted", "denied")[number % 2],
        }
        for number in range(1, count + 1)
    ]


def beside(case: StoredCase, user: User) -> list[tuple[StoredCase, dict[str, bool]]]:
    """Return what is around a case, the nearest first, with the relations: one by one, as the page is to count them."""
    near = near_to(case)
    found = []
    for other in cases_of(user).exclude(pk=case.pk):
        theirs = {
            "text": bool(near.why(other.pk, other.likeness)),
            "number": bool(case.hts10) and other.hts10 == case.hts10,
            "organization": bool(case.requester_key and other.requester_key == case.requester_key)
            or bool(case.organization_id and other.organization_id == case.organization_id),
        }
        if any(theirs.values()):
            found.append((other, theirs))
    return found


def held_against(page: LikePage, case: StoredCase, user: User, asked: dict[str, str]) -> None:
    """Check a page's counts and its rows."""
    around = beside(case, user)
    for name in RELATIONS:
        counted = Counter(other.outcome for other, theirs in around if theirs[name])
        assert {outcome: number for outcome, number in page.counts[name].items() if number} == counted
    chosen = [
        other
        for other, theirs in around
        if (not asked.get("relation") or theirs[asked["relation"]])
        and asked.get("outcome") in (None, other.outcome)
        and asked.get("kind") in (None, other.kind)
    ]
    assert page.page.paginator.count == len(chosen)
    assert {row.case.reference for row in page.rows} <= {other.reference for other in chosen}


@pytest.mark.parametrize("role", ["reviewer1", "drafter"])
def test_a_page_counts_and_shows_what_one_by_one_is_related(role: str, world: World, cast: dict[str, User]) -> None:
    store_docket(docket_rows(), docket=DOCKET)
    user = cast[role]
    live = Petition.objects.exclude(status=Status.DRAFT).order_by("reference")
    StoredCase.objects.filter(petition__in=live[:9].values("pk")).update(hts10="8903100060")
    tied = live[4].organization
    Recusal.objects.create(petition=live[2], user=user, reason="A friend.", declared_at=live[2].created_at)
    Interest.objects.create(
        user=user, organization=tied, name=tied.legal_name, nature="Shares", declared_at=live[2].created_at,
        declared_by=user,
    )  # fmt: skip
    cases = [
        StoredCase.objects.get(petition=live[0]),
        *StoredCase.objects.filter(reference__in=[f"{DOCKET}-{number:06d}" for number in (1, 3, 10)]),
    ]
    narrowed: list[dict[str, str]] = [{}, *({"relation": name} for name in RELATIONS)]
    narrowed += [{"outcome": "denied"}, {"relation": "number", "kind": "historical", "outcome": "granted"}]
    for case, asked in product(cases, narrowed):
        first = like_page(case, user, asked)
        seen = []
        for number in first.page.paginator.page_range:
            page = like_page(case, user, {**asked, "page": str(number)})
            held_against(page, case, user, asked)
            seen += page.rows
        assert len({row.case.reference for row in seen}) == len(seen) == first.page.paginator.count
        nearest = [(bool(near_to(case).why(row.case.pk, row.case.likeness)), row.case.of_number) for row in seen]
        assert nearest == sorted(nearest, reverse=True)
