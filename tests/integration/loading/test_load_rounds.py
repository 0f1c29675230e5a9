"""Loading rounds: the shipped file, twice, and what happens to a round whose window is relative."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command

from exclusions import criteria, questionnaires
from exclusions.actions.loading.rounds import load_rounds
from exclusions.days import EASTERN
from exclusions.errors import Incomplete
from exclusions.gateways.tariff.rounds_file import SHIPPED
from exclusions.models import Round, TariffAction
from exclusions.queries.public.rounds import (
    open_rounds,
    reply_deadline,
    response_deadline,
    term,
    window_state,
)
from exclusions.workflow.roles import Role
from exclusions.workflow.terms import RetroactiveRule, TermRule
from tests.factories.people import make_person
from tests.factories.public import make_public

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def actions(db: None) -> None:
    for code in ("1", "2", "3", "4A", "4B"):
        TariffAction.objects.create(code=code, name=f"List {code}", citation="test")


@pytest.fixture
def loaded() -> dict[str, Round]:
    load_rounds(at=NOW)
    return {round.slug: round for round in Round.objects.all()}


def test_the_shipped_file_loads_and_a_second_time_changes_nothing():
    first = load_rounds(at=NOW)
    second = load_rounds(at=NOW + timedelta(days=3))
    assert (first.read, first.added) == (8, 8)
    assert second.read == 8
    assert second.changed_nothing
    assert Round.history.count() == 8


def test_every_shipped_round_names_forms_and_criteria_that_exist(loaded):
    for round in loaded.values():
        form = questionnaires.get(round.questionnaire, periods=tuple(round.purchase_periods))
        assert form.key == round.questionnaire
        for key in round.criteria:
            assert criteria.get(key).key == key
        for key in filter(None, (round.response_questionnaire, round.reply_questionnaire)):
            assert questionnaires.get(key).key == key


def test_the_demonstration_round_is_open_now_and_stays_where_it_is_while_open(loaded):
    demo = loaded["demo"]
    assert demo.is_demo
    assert window_state(demo, NOW) == "open"
    assert demo.opens_at == datetime(2026, 10, 25, 0, 0, tzinfo=EASTERN)
    assert demo.closes_at == datetime(2027, 11, 24, 23, 59, tzinfo=EASTERN)
    assert demo.retroactive_from == date(2026, 10, 25)
    assert demo.purchase_periods == ["2024", "2025", "2026-H1"]
    load_rounds(at=demo.closes_at)
    assert Round.objects.get(slug="demo").opens_at == demo.opens_at
    load_rounds(at=demo.closes_at + timedelta(seconds=1))
    assert Round.objects.get(slug="demo").opens_at > demo.opens_at


def test_open_rounds_are_exact_to_the_second(loaded):
    closes = loaded["list-3"].closes_at
    assert [round.slug for round in open_rounds(closes)] == ["list-3"]
    assert [round.slug for round in open_rounds(closes + timedelta(milliseconds=900))] == ["list-3"]
    assert list(open_rounds(closes + timedelta(seconds=1))) == []


def test_a_rounds_rules_give_its_deadlines(loaded):
    list3, covid, list1 = loaded["list-3"], loaded["covid-2020"], loaded["list-1"]
    closes = response_deadline(list3, date(2019, 7, 8))
    assert closes == datetime(2019, 7, 22, 23, 59, tzinfo=EASTERN)
    assert reply_deadline(list3, closes, date(2019, 7, 26)) == datetime(2019, 8, 2, 23, 59, tzinfo=EASTERN)
    assert reply_deadline(list1, closes, date(2019, 7, 26)) == datetime(2019, 7, 29, 23, 59, tzinfo=EASTERN)
    late = reply_deadline(loaded["list-2"], response_deadline(loaded["list-2"], date(2018, 10, 1)), date(2018, 10, 29))
    assert late == datetime(2018, 11, 5, 23, 59, tzinfo=EASTERN), "83 FR 47236: the later of the two"
    covid_closes = response_deadline(covid, date(2020, 5, 21))
    assert covid_closes == datetime(2020, 5, 27, 23, 59, tzinfo=EASTERN)
    assert reply_deadline(covid, covid_closes, date(2020, 5, 26)) is None
    assert response_deadline(loaded["reinstatement-2021"], date(2021, 11, 1)) is None


def test_a_petition_filed_before_keeps_the_rule_that_it_was_filed_under(loaded):
    before = loaded["list-2"]
    Round.objects.filter(pk=before.pk).update(reply_days_after_response=None)
    filed = make_public(1, docket=before.docket, round=before)
    assert "1 changed" in str(load_rounds(at=NOW))
    old, new = Round.objects.filter(slug="list-2").order_by("version")
    assert (old.reply_days_after_response, new.reply_days_after_response) == (None, 7)
    assert (new.version, new.authority) == (2, "83 FR 47236 (September 18, 2018)")
    filed.refresh_from_db()
    assert filed.round == old


def test_a_rounds_rules_give_the_term_of_its_exclusions(loaded):
    assert term(loaded["list-1"], date(2018, 12, 28)).ends_on == date(2019, 12, 28)
    assert term(loaded["list-3"], date(2020, 1, 6)).starts_on == date(2018, 9, 24)
    assert term(loaded["machinery-2024"], date(2025, 2, 3)).starts_on == date(2025, 2, 3)
    assert {str(rule) for rule in RetroactiveRule} == set(Round.Retroactive.values)
    assert {str(rule) for rule in TermRule} == set(Round.TermRule.values)


def test_history_keeps_who_changed_a_round(loaded):
    person = make_person("Rita Admin", role=Role.ADMIN)
    Round.objects.filter(slug="list-3").update(title="Something else")
    assert load_rounds(by=person, at=NOW).changed == 1
    assert Round.objects.get(slug="list-3").history.first().history_user == person


def test_a_mistake_anywhere_loads_nothing(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text(SHIPPED.read_text().replace('day_unit = "business"', 'day_unit = "lunar"'))
    with pytest.raises(Incomplete) as refused:
        load_rounds(file=file, at=NOW)
    (sentence,) = refused.value.reasons
    assert sentence.startswith('mine.toml, round "covid-2020", day_unit: "lunar" is not known.')
    assert not Round.objects.exists()


def test_actions_that_are_not_loaded_are_named(capsys):
    TariffAction.objects.filter(code="3").delete()
    with pytest.raises(CommandError, match="nothing was loaded"):
        call_command("load_rounds")
    assert 'round "list-3", actions: "3" is not known. Use one of: 1, 2, 4A, 4B.' in capsys.readouterr().err


def test_without_any_action_the_remedy_is_named(capsys):
    TariffAction.objects.all().delete()
    with pytest.raises(CommandError):
        call_command("load_rounds")
    assert "Load them first: python manage.py load_shipped." in capsys.readouterr().err


def test_the_command_reports_what_it_did(capsys, settings):
    settings.DEMO = True
    call_command("load_rounds")
    call_command("load_rounds")
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("Rounds: 8 read, 8 added")
    assert second.startswith("Rounds: 8 read, 0 added, 0 changed")


def test_where_no_demonstration_is_wanted_no_fictional_round_is_loaded(capsys):
    call_command("load_rounds")
    assert capsys.readouterr().out.startswith("Rounds: 8 read, 7 added")
    assert not Round.objects.filter(is_demo=True).exists()


def test_a_fictional_round_of_before_goes_unless_somebody_filed_in_it(loaded, capsys):
    call_command("load_rounds")
    assert "1 ended" in capsys.readouterr().out
    assert not Round.objects.filter(is_demo=True).exists()
    load_rounds(at=NOW)
    make_public(1, docket="USTR-2026-9001", round=Round.objects.get(slug="demo"))
    call_command("load_rounds")
    assert "0 ended" in capsys.readouterr().out
    assert Round.objects.get(slug="demo").is_demo
