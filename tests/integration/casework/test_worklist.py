"""The worklist: 40 dense rows a page, sorted and narrowed by addresses that can be shared, days against targets."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html

from exclusions.actions.review import assignments
from exclusions.models import Petition, SavedView, StageTarget, User
from exclusions.queries.casework.lists.sides import Sides, days_by_side
from exclusions.queries.casework.targets import targets
from exclusions.queries.list_pages import COUNTED, ListPages
from exclusions.workflow.states import Status
from exclusions.workflow.targets import DEFAULT_DAYS
from tests.factories.casework.ways import PATHS, TO_LEVEL1
from tests.factories.people import make_person
from tests.factories.petitions import Journey

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User | None], Any]


def bring(journey: Callable[..., Journey], number: int, *path: str) -> list[Journey]:
    """Return cases that have gone a way, an hour apart."""
    found = [journey() for _ in range(number)]
    for place, case in enumerate(found):
        case.at += timedelta(hours=place)
        case.take(*path)
    return found


def shown(client: Any, query: str = "") -> list[str]:
    """Return the references that the worklist shows, in order."""
    return [row.reference for row in client.get(f"/review/{query}").context["rows"]]


def test_each_column_sorts_both_ways_by_an_address(
    journey: Callable[..., Journey], cast: dict[str, User], client_of: ClientOf
) -> None:
    cases = bring(journey, 3, *TO_LEVEL1)
    facts = (("b", "6810990090"), ("c", "6810990010"), ("a", "8413810040"))
    for place, (case, (name, number)) in enumerate(zip(cases, facts, strict=True)):
        since = case.petition.status_since + timedelta(hours=place)
        Petition.objects.filter(pk=case.petition.pk).update(product_name=name, hts10=number, status_since=since)
    assignments.take(cases[1].petition, by=cast["reviewer1"], at=cases[1].at)
    client, refs = client_of(cast["reviewer1"]), [str(case.petition.reference) for case in cases]
    one, two, three = refs
    assert shown(client) == shown(client, "?sort=since") == shown(client, "?sort=reference") == refs
    assert shown(client, "?sort=-since") == shown(client, "?sort=-reference") == refs[::-1]
    assert shown(client, "?sort=product") == [three, one, two]
    assert shown(client, "?sort=number") == [two, one, three]
    assert shown(client, "?sort=requester") == shown(client, "?sort=status") == shown(client, "?sort=nonsense") == refs
    assert {shown(client, "?sort=assignee")[0], shown(client, "?sort=-assignee")[0]} == {one, two}
    page = client.get("/review/?sort=product&q=0").content.decode()
    assert 'aria-sort="ascending"' in page
    assert "?q=0&amp;sort=-product" in page


def test_what_people_typed_is_shown_as_text_in_every_column(
    journey: Callable[..., Journey], client_of: ClientOf
) -> None:
    (case,) = bring(journey, 1, *TO_LEVEL1)
    markup = "<b onclick='x'>Pumps & \"seals\"</b>"
    Petition.objects.filter(pk=case.petition.pk).update(product_name=markup)
    taker = make_person("Rae <i>Reader</i>", role="reviewer1")
    assignments.take(case.petition, by=taker, at=case.at)
    page = client_of(make_person("Rob Reviewer", role="reviewer1")).get("/review/").content.decode()
    row = html.fromstring(page).find(".//tr[@data-case]")
    assert [(cell.text, cell.get("title")) for cell in row.findall("td") if markup in cell.text_content()] == [
        (markup, markup)
    ]
    assert "Rae <i>Reader</i>" in row.text_content()
    assert [row.findall(f".//{tag}") for tag in ("b", "i")] == [[], []], "what was typed makes no element"


def test_a_colleagues_cases_and_those_over_target_are_addresses_too(
    journey: Callable[..., Journey], cast: dict[str, User], client_of: ClientOf, clock: Any
) -> None:
    old, new = bring(journey, 2, *TO_LEVEL1)
    other = make_person("Rae Reader", role="reviewer1")
    assignments.take(new.petition, by=other, at=new.at)
    days = DEFAULT_DAYS[Status.LEVEL1]
    clock.move_to(new.at + timedelta(days=days))
    Petition.objects.filter(pk=old.petition.pk).update(status_since=new.at - timedelta(days=1))
    client = client_of(cast["reviewer1"])
    assert shown(client, f"?whose={other.pk}") == [new.petition.reference]
    assert shown(client, "?over=1") == [old.petition.reference]
    rows = client.get("/review/").context["rows"]
    assert [(row.days, row.target, row.over) for row in rows] == [(days + 1, days, 1), (days, days, 0)]
    assert ">Rae Reader</option>" in client.get("/review/").content.decode()
    StageTarget.objects.create(of_status=Status.LEVEL1, days=days + 5, set_by=cast["reviewer1"], set_at=new.at)
    assert targets()[Status.LEVEL1] == days + 5
    assert shown(client, "?over=1") == []


def test_days_are_counted_for_the_side_that_had_the_case(journey: Callable[..., Journey]) -> None:
    case = journey()
    case.take("submit")
    case.at += timedelta(days=3)
    case.take("return")
    case.at += timedelta(days=4)
    case.take("resubmit")
    case.at += timedelta(days=2)
    used = days_by_side([case.petition], case.at)[str(case.petition.pk)]
    assert used == Sides(agency=5, requester=4, customs=0)
    case.take("post", *PATHS[Status.CUSTOMS][2:])
    before = days_by_side([case.petition], case.at)[str(case.petition.pk)]
    after = days_by_side([case.petition], case.at + timedelta(days=6))[str(case.petition.pk)]
    assert (after.agency - before.agency, after.customs - before.customs) == (0, 6)


def test_a_closed_case_uses_no_more_days(denied_once: Journey) -> None:
    case = denied_once
    petition = case.petition
    now, later = (days_by_side([petition], case.at + timedelta(days=n))[str(petition.pk)] for n in (0, 90))
    assert now == later


@pytest.mark.parametrize("name", ["intake", "reviewer1", "auditor"])
def test_the_statements_are_at_most_15_and_do_not_grow(
    name: str, journey: Callable[..., Journey], cast: dict[str, User], client_of: ClientOf
) -> None:
    path = ("submit",) if name == "intake" else TO_LEVEL1
    client = client_of(cast[name])

    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/review/").status_code == 200
        return len(captured)

    bring(journey, 1, *path)
    few = statements()
    bring(journey, 5, *path)
    assert statements() == few <= 15


def test_a_long_list_is_counted_only_so_far_and_answers_at_any_depth(
    db: None, cast: dict[str, User], monkeypatch: pytest.MonkeyPatch
) -> None:
    people = User.objects.order_by("pk")
    monkeypatch.setattr("exclusions.queries.list_pages.COUNTED", 4)
    first = ListPages(people, 2, "1")
    assert (first.number_counted, first.more) == (4, True)
    deep = ListPages(people, 2, "5")
    assert [user.pk for user in deep.page_asked()] == [user.pk for user in people[8:10]]
    last = ListPages(people, 2, "999")
    assert (last.number_counted, last.more) == (people.count(), False)
    assert ListPages(people, 2, "²").page_asked().number == 1
    assert COUNTED == 1000


@pytest.mark.both_databases("Rows are locked, which SQLite does not do.")
def test_a_view_is_kept_shown_shared_replaced_and_removed(cast: dict[str, User], client_of: ClientOf) -> None:
    client, other = client_of(cast["reviewer2"]), client_of(cast["second_reviewer2"])
    sent = {"name": " Pumps,  oldest ", "hts": "8413", "sort": "-since", "page": "3", "shared": "1"}
    assert client.post("/review/views/", sent)["Location"] == "/review/?hts=8413&sort=-since"
    view = SavedView.objects.get()
    assert (view.name, view.query, view.shared) == ("Pumps, oldest", "hts=8413&sort=-since", True)
    assert "/review/?hts=8413&amp;sort=-since" in other.get("/review/").content.decode()
    assert "Pumps, oldest" not in client_of(cast["reviewer1"]).get("/review/").content.decode()
    client.post("/review/views/", {"name": "Pumps, oldest", "hts": "84"})
    view.refresh_from_db()
    assert (view.query, view.shared) == ("hts=84", False)
    assert "Pumps, oldest" not in other.get("/review/").content.decode()
    assert other.post(f"/review/views/{view.pk}/remove/").status_code == 403
    assert client.post(f"/review/views/{view.pk}/remove/").status_code == 302
    assert not SavedView.objects.exists()


def test_a_view_without_a_name_and_one_too_many_are_refused(
    cast: dict[str, User], client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_of(cast["reviewer1"])
    assert client.post("/review/views/", {"name": " "}).status_code == 422
    assert client.post("/review/views/", {"name": "x" * 61}).status_code == 422
    long = client.post("/review/views/", {"name": "Many words", "q": "words " * 90, "status": "posted"})
    assert long.status_code == 422
    assert "Search for fewer, then keep the view." in long.content.decode()
    assert not SavedView.objects.exists(), "a view that forgets its last filters shows other cases"
    monkeypatch.setattr("exclusions.actions.casework.saved_views.MOST_VIEWS", 1)
    assert client.post("/review/views/", {"name": "One"}).status_code == 302
    answer = client.post("/review/views/", {"name": "Two"})
    assert answer.status_code == 422
    assert "Remove one that you no longer use." in answer.content.decode()
    assert client_of(cast["customs"]).post("/review/views/", {"name": "One"}).status_code == 403
