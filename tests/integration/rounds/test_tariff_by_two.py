"""What everybody owes is changed by two administrators: a list, a rate, a line; what overlaps is refused by name."""

import ast
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib import admin as django_admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client, RequestFactory
from django.urls import reverse

from exclusions import hts
from exclusions.actions.people.proposals import confirm, propose
from exclusions.errors import Incomplete, WrongState
from exclusions.facts.action_rates import action_rates
from exclusions.facts.coverage import coverage
from exclusions.models import ActionRate, CoveredLine, Proposal, TariffAction, User
from exclusions.queries.people.tariff_lists import lists_with_counts
from exclusions.queries.record.record_check import breaks
from tests.conftest import PROJECT, Clock
from tests.factories.cast import SignedIn
from tests.factories.facts import make_action

pytestmark = pytest.mark.django_db
PAGE = "/staff/lists/3/"
WHY = "84 FR 43304 says so."
RATE = {"heading": "9903.88.99", "pct": "7.5", "kind": "whole", "valid_from": "2020-02-14", "reason": WHY}
LIST = {"code": "5", "name": "the fifth action", "citation": "90 FR 100", "position": "9", "reach": "lines"}
# Every module of the product that writes one of the tables by which duties are owed, or until when people may file, and
# why it may. The administration, its inlines and its history write none of the first three. Rounds it writes by
# `write_round`, which leaves the dates of one that is open to two.
WRITERS = {
    "actions/rounds/versions.py": "a round: its dates by two administrators once it is open, or by a file",
    "actions/rounds/orders.py": "orders: extensions by two, or after an outage by one until they fall; a pause by one",
    "actions/people/tariff_acts.py": "two administrators",
    "actions/loading/tariff_lists.py": "a command, which whoever runs the site gives: an event with the file’s hash",
}
OWED = {"TariffAction", "ActionRate", "CoveredLine"}
TABLES = OWED | {"Round", "RoundOrder"}


@pytest.fixture(autouse=True)
def list3_action(db: None) -> TariffAction:
    """Return List 3, with one line and two rates."""
    return make_action()


def propose_rows(action: TariffAction, admin: User, clock: Clock, *rows: dict[str, Any]) -> Proposal:
    return propose(
        "change_list",
        action.pk,
        facts={"rows": list(rows), "as_of": "2020-03-01"},
        reason=WHY,
        by=admin,
        at=clock.now,
    )


def line(number: str = "84138100", heading: str = "99038803", **over: Any) -> dict[str, Any]:
    values = {"number": number, "heading": heading, "included": True, "valid_from": "2018-09-24", "valid_to": None}
    return {"table": "line", "key": None, "values": {**values, **over}}


def test_a_rate_holds_once_another_administrator_has_seen_whom_it_hits(
    admin: User, second_admin: User, list3_action: TariffAction
) -> None:
    CoveredLine.objects.create(action=list3_action, number="84138200", heading="99038899", valid_from=date(2018, 9, 24))
    client = SignedIn(admin)
    page = client.post(reverse("staff-list-row", args=["3", "rate", "new"]), RATE, follow=True)
    words = " ".join(page.content.decode().split())
    assert "List 3: enter the rate of 9903.88.99, 7.5%" in words
    assert "Numbers under 9903.88.99" in words
    assert "List 3 7.5%" in words
    assert not ActionRate.objects.filter(heading="99038899").exists()
    made = Proposal.objects.get()
    refused = client.post(reverse("proposal", args=[made.pk]), {"answer": "confirm"})
    assert refused.status_code == 403
    SignedIn(second_admin).post(reverse("proposal", args=[made.pk]), {"answer": "confirm"})
    assert ActionRate.objects.get(heading="99038899").pct == Decimal("7.50")
    assert list(breaks()) == []


def test_a_new_list_with_its_rate_and_its_lines_is_one_proposal(admin: User, second_admin: User, clock: Clock) -> None:
    file = SimpleUploadedFile("lines.csv", b"hts\n6810.99.00\n8413.82.00\n")
    sent = {**LIST, **{f"rate-{name}": value for name, value in RATE.items()}, "source": "Annex A", "file": file}
    page = SignedIn(admin).post(reverse("staff-list-new"), sent, follow=True)
    words = " ".join(page.content.decode().split())
    assert "List 5: make the list; put 2 lines on it, under 9903.88.99; enter the rate of 9903.88.99, 7.5%" in words
    assert "List 3 25%, List 5 7.5%: 32.5% in all" in words
    assert not TariffAction.objects.filter(code="5").exists()
    confirm(Proposal.objects.get(), by=second_admin, at=clock.now)
    made = TariffAction.objects.get(code="5")
    assert sorted(made.covered_lines.values_list("number", flat=True)) == ["68109900", "84138200"]
    assert made.rates.get().heading == "99038899"
    assert isinstance(made.history.first().history_user, User)
    assert list(breaks()) == []


def test_a_new_list_keeps_what_was_typed_and_names_each_wrong_cell(admin: User) -> None:
    file = SimpleUploadedFile("lines.csv", b"hts,included\n6810.99.00,perhaps\n")
    sent = {**LIST, **{f"rate-{name}": value for name, value in RATE.items()}, "source": "Annex A", "file": file}
    page = SignedIn(admin).post(reverse("staff-list-new"), sent)
    assert page.status_code == 422
    assert "is neither yes nor no" in page.content.decode()
    assert "the fifth action" in page.content.decode()
    assert not Proposal.objects.exists()


@pytest.mark.both_databases("What was proposed comes back with its keys in another order.")
def test_a_row_that_was_right_until_a_day_ends_and_its_history_says_by_whom(
    admin: User, second_admin: User, list3_action: TariffAction, clock: Clock
) -> None:
    (row,) = list3_action.covered_lines.all()
    address = reverse("staff-list-row", args=["3", "line", row.pk])
    form = SignedIn(admin).get(address)
    assert "68109900" in form.content.decode()
    sent = {"number": "6810.99.00", "heading": "9903.88.03", "included": "on", "valid_from": "2018-09-24",
            "valid_to": "2024-09-26", "source": "89 FR 76581", "reason": WHY}  # fmt: skip
    page = SignedIn(admin).post(address, sent, follow=True)
    assert "correct the line 6810.99.00" in page.content.decode()
    assert "2024-09-26" in page.content.decode()
    confirm(Proposal.objects.get(), by=second_admin, at=clock.now)
    row.refresh_from_db()
    assert (row.valid_to, row.source) == (date(2024, 9, 26), "89 FR 76581")
    assert [old.valid_to for old in row.history.order_by("-history_id")][:2] == [date(2024, 9, 26), None]
    assert row.history.latest("history_id").history_user == second_admin


def test_what_changed_meanwhile_is_not_confirmed(
    admin: User, second_admin: User, list3_action: TariffAction, clock: Clock
) -> None:
    made = propose_rows(list3_action, admin, clock, line("84138200"))
    other = make_action("1", heading="99038801", number="84138200")
    with pytest.raises(WrongState, match="what is corrected"):
        confirm(made, by=second_admin, at=clock.now)
    assert not list3_action.covered_lines.filter(number="84138200").exists()
    assert other.covered_lines.count() == 1


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([line("68109900")], "6810.99.00 is on List 3 under 9903.88.03 from September 24, 2018 on already"),
        ([line(), line(valid_from="2019-01-01")], "8413.81.00 is on List 3 under 9903.88.03"),
        (
            [{"table": "rate", "key": None, "values": {**RATE, "heading": "99038803"}}],
            "9903.88.03 has a rate of 25% from May 10, 2019 on already",
        ),
        ([line(valid_to="2018-01-01")], "The last day is before the first day"),
        ([line(number="not a number at all")], "at most 10 characters"),
        ([], "Propose at least one change"),
    ],
)
def test_what_overlaps_or_cannot_be_is_refused_by_name(
    rows: list[dict[str, Any]], says: str, admin: User, list3_action: TariffAction, clock: Clock
) -> None:
    given = [{**row, "values": {name: value for name, value in row["values"].items() if name != "reason"}}
             for row in rows]  # fmt: skip
    with pytest.raises(Incomplete, match=says):
        propose_rows(list3_action, admin, clock, *given)


def test_lines_beside_a_duty_on_all_goods_would_count_twice(
    admin: User, list3_action: TariffAction, clock: Clock
) -> None:
    with pytest.raises(Incomplete, match="on all goods, so that lines of its own would count twice"):
        propose_rows(
            list3_action, admin, clock, {"table": "list", "key": list3_action.pk, "values": {"reach": "all_goods"}}
        )


def test_other_days_of_a_number_do_not_overlap(
    admin: User, second_admin: User, list3_action: TariffAction, clock: Clock
) -> None:
    rows = [line(valid_to="2019-05-09"), line(valid_from="2019-05-10")]
    confirm(propose_rows(list3_action, admin, clock, *rows), by=second_admin, at=clock.now)
    assert list3_action.covered_lines.filter(number="84138100").count() == 2


def never(table: str, row: Any) -> dict[str, Any]:
    return {"table": table, "key": row.pk, "never_right": True}


def test_a_row_that_was_never_right_holds_on_no_day_and_is_kept_with_who_and_why(
    admin: User, second_admin: User, list3_action: TariffAction, clock: Clock, client: Client
) -> None:
    (row,) = list3_action.covered_lines.all()
    assert {item.heading for item in coverage("6810990010", date(2019, 7, 1))} == {"99038803"}
    address = reverse("staff-list-never-right", args=["3", "line", row.pk])
    admins = SignedIn(admin)
    assert address in admins.get(reverse("staff-list-row", args=["3", "line", row.pk])).content.decode()
    assert admins.post(address, {"reason": " "}).status_code == 422
    page = " ".join(admins.post(address, {"reason": WHY}, follow=True).content.decode().split())
    assert "say that the line of 6810.99.00 was never right" in page
    assert "nothing beside the base rate" in page
    assert coverage("6810990010", date(2019, 7, 1)), "one alone changes nothing"
    confirm(Proposal.objects.get(), by=second_admin, at=clock.now)
    for day in (date(2018, 9, 24), date(2019, 7, 1), date(2026, 1, 1)):
        assert coverage("6810990010", day) == []
    assert not list3_action.covered_lines.exists()
    kept = CoveredLine.versions.get(pk=row.pk)
    assert (kept.superseded_by, kept.superseded_why) == (f"{admin}, confirmed by {second_admin}", WHY)
    assert kept.history.latest("history_id").history_user == second_admin
    words = " ".join(admins.get(reverse("staff-list", args=["3"])).content.decode().split())
    assert f"{admin}, confirmed by {second_admin}" in words
    assert WHY in words
    assert list(breaks()) == []
    again = [line("68109900")]
    confirm(propose_rows(list3_action, admin, clock, *again), by=second_admin, at=clock.now)
    assert coverage("6810990010", date(2019, 7, 1)), "the right one stands in its place"


def test_a_rate_that_was_never_right_leaves_the_others_to_every_door(
    admin: User, second_admin: User, list3_action: TariffAction, clock: Clock
) -> None:
    wrong = list3_action.rates.latest("valid_from")
    day = wrong.valid_from
    before = coverage("6810990010", day)
    assert wrong.pct in {item.rate_pct for item in before}
    asked = propose_rows(list3_action, admin, clock, never("rate", wrong))
    told = {row[0]: row[1:] for row in asked.basis["what is corrected"]}
    assert told[f"{hts.dotted(wrong.heading)}, the whole rate"][1] == "on no day"
    confirm(asked, by=second_admin, at=clock.now)
    assert wrong.pct not in {item.rate_pct for item in coverage("6810990010", day)}
    assert wrong.pct not in {rate.pct for _, rate in action_rates()}
    (counted,) = [one for one in lists_with_counts() if one.code == "3"]
    assert (counted.rate_count, counted.line_count) == (1, 1)
    with pytest.raises(WrongState, match="no longer on the list"):
        propose_rows(list3_action, admin, clock, never("rate", wrong))


def test_a_file_does_not_bring_back_what_was_never_right(
    admin: User, second_admin: User, clock: Clock, tmp_path: Path
) -> None:
    file = tmp_path / "lists.csv"
    file.write_text("hts,chapter99_heading\n8413.81.00,9903.88.01\n")
    call_command("load_lists", file, stdout=StringIO(), stderr=StringIO())
    row = CoveredLine.objects.get(number="84138100", heading="99038801")
    confirm(propose_rows(row.action, admin, clock, never("line", row)), by=second_admin, at=clock.now)
    call_command("load_lists", file, stdout=StringIO(), stderr=StringIO())
    assert not CoveredLine.objects.filter(number="84138100", heading="99038801").exists()


def test_what_everybody_reads_of_a_list_itself_is_never_taken_out(
    admin: User, list3_action: TariffAction, clock: Clock
) -> None:
    with pytest.raises(Incomplete, match="Only a rate or a line that stands"):
        propose_rows(list3_action, admin, clock, never("list", list3_action))


def names_written(tree: ast.AST) -> Iterator[str]:
    """Yield the tables of which a module makes or changes rows."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        words = ast.unparse(node.func)
        for table in TABLES:
            if words == table or (words.startswith(f"{table}.objects") and words.rpartition(".")[2] in {
                "create", "update", "get_or_create", "update_or_create", "bulk_create", "bulk_update", "delete",
            }):  # fmt: skip
                yield table


def test_nobody_else_writes_these_tables() -> None:
    product = PROJECT / "exclusions"
    found = set()
    for path in product.rglob("*.py"):
        place = path.relative_to(product)
        if place.parts[0] in {"migrations", "models"}:
            continue
        if set(names_written(ast.parse(path.read_text("utf-8")))):
            found.add(str(place))
    assert found - JUDGED_ONLY == set(WRITERS)


# They make a row in memory, to be judged as a form, and save none.
JUDGED_ONLY = {"views/people/lists.py"}


def test_the_administration_shows_them_and_writes_none(admin: User) -> None:
    request = RequestFactory().get("/")
    request.user = admin
    for model, register in django_admin.site._registry.items():
        if model.__name__ in OWED:
            assert not register.has_add_permission(request), model
            assert not register.has_change_permission(request), model
            for inline in register.get_inline_instances(request):
                assert not inline.has_add_permission(request, None), inline
                assert not inline.has_change_permission(request, None), inline
