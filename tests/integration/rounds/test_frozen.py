"""A round in which a petition was filed is frozen, in whatever way it is asked; a change is another version."""

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from exclusions.actions.filing.owning import must_own
from exclusions.actions.loading.rounds import load_rounds
from exclusions.actions.rounds.versions import Change, write_round
from exclusions.errors import Incomplete, NotPermitted
from exclusions.gateways.tariff import rounds_file
from exclusions.models import Authorization, Event, Notification, Petition, Round, TariffAction, User
from exclusions.models.guards import MOVED_BY_ORDER
from exclusions.queries.public.round_versions import versions
from exclusions.queries.record.record_check import breaks
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.states import Status
from tests.factories.facts import make_action, make_round
from tests.factories.petitions import Journey
from tests.factories.public import make_public

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases("Triggers are written for each.")]

COLUMNS = [field.column for field in Round._meta.local_concrete_fields if field.column not in ("id", "superseded_at")]


def wanted(round: Round, **changes: Any) -> Change:
    """Return a change of a round as two administrators or a file would ask for it."""
    names = {row.name for row in fields(rounds_file.RoundRow)}
    names -= {"slug", "actions", "opens_days_ago", "closes_in_days"}
    columns = {name: getattr(round, name) for name in names}
    lists = tuple(round.actions.values_list("code", flat=True))
    return Change(round.slug, columns | changes, lists, "The notice of August.", "84 FR 40000", by_two=True)


def days_for_responses(petition: Petition) -> int:
    assert petition.posted_at
    assert petition.response_closes_at
    return (eastern_date(petition.response_closes_at) - eastern_date(petition.posted_at)).days


def refused(run: Callable[[], object]) -> bool:
    """Say whether the database refuses as against what is frozen."""
    try:
        with transaction.atomic():
            run()
    except IntegrityError as error:
        return "frozen" in str(error)
    return False


def sql(statement: str, *values: Any) -> Callable[[], object]:
    def run() -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)

    return run


def other(round: Round, column: str) -> Any:
    """Return another value for a column than it has."""
    field = next(field for field in Round._meta.local_concrete_fields if field.column == column)
    value = getattr(round, column)
    if isinstance(value, bool):
        return not value
    kind = field.get_internal_type()
    if kind == "DateTimeField":
        return (value or round.opens_at) + timedelta(days=1)
    if kind == "DateField":
        return value + timedelta(days=1)
    if kind == "JSONField":
        return ["availability", "objective"]
    if kind == "ForeignKey":
        return Petition.objects.get().filed_by_id
    return (value or 0) + 1 if "Integer" in kind else f"x{value[1:]}"


def test_every_column_of_a_live_round_is_refused_by_save_update_and_sql(petition_in: Any, list3: Round) -> None:
    petition_in(Status.SUBMITTED)
    list3.refresh_from_db()
    bent = []
    for column in COLUMNS:
        changed = Round.objects.get(pk=list3.pk)
        setattr(changed, column, other(list3, column))
        ways = [
            changed.save,
            lambda column=column, changed=changed: Round.objects.update(**{column: getattr(changed, column)}),
        ]
        bent += [column for way in ways if not refused(way)]
    assert bent == []
    assert refused(sql("UPDATE exclusions_round SET criteria = %s", '["availability"]'))
    assert refused(sql("DELETE FROM exclusions_round WHERE id = %s", list3.pk))


def test_the_lists_of_a_live_round_are_refused(petition_in: Any, list3: Round) -> None:
    petition_in(Status.SUBMITTED)
    another, mine = make_action("1", heading="99038801", number="84138100"), list3.actions.get()
    assert refused(lambda: list3.actions.add(another))
    assert refused(lambda: list3.actions.remove(mine))
    assert refused(sql("UPDATE exclusions_round_actions SET tariffaction_id = %s", another.pk))
    assert list(list3.actions.all()) == [mine]


def test_a_round_with_drafts_alone_and_one_with_history_alone(petition_in: Any, list3: Round, at: datetime) -> None:
    petition_in(Status.DRAFT)
    assert not refused(lambda: Round.objects.update(title="Another title"))
    make_public(900, round=list3)
    assert refused(lambda: Round.objects.update(title="A third title"))


def test_a_change_is_a_version_that_later_filings_get(
    journey: Callable[..., Journey], cast: dict[str, User], list3: Round, admin: User
) -> None:
    first, draft = journey(), journey()
    filed = first.take("submit")
    change = wanted(list3, criteria=["availability", "objective"], response_days=21)
    new, outcome = write_round(list3, change, by=admin, at=first.at)
    assert (outcome, new.version, new.slug, new.docket) == ("changed", 2, list3.slug, list3.docket)
    filed.refresh_from_db()
    draft.petition.refresh_from_db()
    assert (filed.round, draft.petition.round) == (list3, new)
    assert days_for_responses(first.take("post")) == 14
    assert days_for_responses(draft.take("submit", "post")) == 21
    event = Event.objects.get(subject="round:list-3", kind="round_version")
    assert (event.by, event.reason) == (admin, "The notice of August.")
    assert set(event.data["fields"]) == {"criteria", "response_days"}
    assert Notification.objects.filter(template="round_changed", to=cast["importer"].email).count() == 1
    (newest, oldest) = versions("list-3")
    assert oldest.differences == []
    assert {row.label: (row.before, row.after) for row in newest.differences}["Days for responses"] == ("14", "21")
    assert list(breaks()) == []


def test_a_case_is_judged_by_the_criteria_it_was_filed_under(
    journey: Callable[..., Journey], list3: Round, admin: User
) -> None:
    trip = journey()
    trip.take("submit")
    new, _ = write_round(list3, wanted(list3, criteria=["availability"]), by=admin, at=trip.at)
    trip.take("post", "close_responses", "begin_review", "recommend")
    assert trip.petition.findings.count() == len(list3.criteria)
    assert (trip.petition.round, new.criteria) == (list3, ["availability"])


def test_the_draft_of_a_firm_that_may_act_in_the_round_stays_its_own(
    journey: Callable[..., Journey], cast: dict[str, User], list3: Round, admin: User
) -> None:
    trip = journey(through_firm=True)
    Authorization.objects.get().rounds.add(list3)
    journey().take("submit")
    write_round(list3, wanted(list3, response_days=21), by=admin, at=trip.at)
    trip.petition.refresh_from_db()
    assert trip.petition.round.version == 2
    assert must_own(trip.petition, cast["filer"], trip.at).roles


def test_who_has_a_draft_is_told_of_a_change_in_place(
    petition_in: Any, list3: Round, admin: User, at: datetime
) -> None:
    draft = petition_in(Status.DRAFT)
    changed, _ = write_round(list3, wanted(list3, response_days=21), by=admin, at=at)
    assert (changed.pk, changed.version) == (list3.pk, 1)
    assert Event.objects.get(subject="round:list-3").kind == "round_changed"
    assert Notification.objects.filter(template="round_changed", to=draft.filed_by.email).exists()


def test_what_a_version_cannot_change_is_refused_by_field(petition_in: Any, list3: Round, admin: User) -> None:
    at = petition_in(Status.SUBMITTED).submitted_at + timedelta(days=1)
    later = list3.closes_at + timedelta(days=30)
    change = replace(wanted(list3, closes_at=later, docket="USTR-2019-0099"), reason="")
    with pytest.raises(Incomplete) as raised:
        write_round(list3, change, by=admin, at=at)
    assert set(raised.value.fields) == {"closes_at", "docket", "reason"}
    with pytest.raises(NotPermitted):
        write_round(list3, wanted(list3), by=Petition.objects.get().filed_by, at=at)
    assert Round.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [("criteria", ["nonsense"]), ("criteria", []), ("questionnaire", "petition-1999"), ("heading", "banana"),
     ("purchase_periods", ["some day"]), ("term_ends_on", None)],
)  # fmt: skip
def test_what_a_file_cannot_say_nobody_can(list3: Round, admin: User, at: datetime, field: str, value: Any) -> None:
    with pytest.raises(Incomplete) as raised:
        write_round(list3, wanted(list3, **{field: value}), by=admin, at=at)
    assert set(raised.value.fields) == {field}


def test_a_file_writes_a_version_too(petition_in: Any, tmp_path: Any, at: datetime) -> None:
    for code in ("1", "2", "4A", "4B"):
        TariffAction.objects.get_or_create(code=code, defaults={"name": f"List {code}", "citation": "test"})
    load_rounds(at=at)
    petition_in(Status.SUBMITTED)
    before = Round.objects.current().get(slug="list-3")
    file = tmp_path / "mine.toml"
    file.write_text(rounds_file.SHIPPED.read_text().replace("response_days = 14", "response_days = 20"))
    load_rounds(file=file, at=at + timedelta(days=1))
    load_rounds(file=file, at=at + timedelta(days=2))
    after = Round.objects.current().get(slug="list-3")
    assert (before.version, after.version, after.response_days) == (1, 2, 20)
    assert Petition.objects.get().round == before
    assert Round.objects.current().get(slug="list-1").version == 1
    assert list(breaks()) == []


def test_a_new_round_of_a_slug_or_docket_that_is_taken_is_refused(list3: Round, admin: User, at: datetime) -> None:
    with pytest.raises(Incomplete) as raised:
        write_round(None, replace(wanted(list3), slug="list-3-again"), by=admin, at=at)
    assert set(raised.value.fields) == {"docket"}
    made, outcome = write_round(
        None, replace(wanted(list3, docket="USTR-2019-0099"), slug="list-3-again"), by=admin, at=at
    )
    assert (outcome, made.version) == ("added", 1)


def test_what_an_order_moves_follows_the_last_order_alone(petition_in: Any, list3: Round) -> None:
    petition_in(Status.SUBMITTED)
    for name in MOVED_BY_ORDER:
        assert refused(lambda name=name: Round.objects.update(**{name: other(list3, name)}))
    make_round("other", docket="USTR-2019-0098", title="Not filed in")
    assert not refused(lambda: Round.objects.filter(slug="other").update(closes_at=list3.closes_at + timedelta(1)))
