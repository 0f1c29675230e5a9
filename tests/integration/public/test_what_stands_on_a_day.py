"""Which wording of an exclusion stands on a day, and whether a term is in force: all who say so say the same."""

from collections.abc import Callable, Mapping
from datetime import date

import pytest
from django.test import Client

from exclusions.facts.exclusions import exclusions_in_force, exclusions_naming, in_force, term_in_force
from exclusions.models import Exclusion, ExclusionNumber, ExclusionTerm, ExclusionText
from exclusions.models.tariff import holds_on, lasts_to
from exclusions.queries.lookup.registry_rows import listed
from exclusions.queries.lookup.registry_standings import IN_FORCE, count_standings, standing_on
from exclusions.queries.notices.annexes import rows_of_terms
from exclusions.queries.public import registry
from tests.factories.asking.exclusions import TEXT, make_exclusion
from tests.opened import opened

pytestmark = pytest.mark.django_db
NUMBER = "8413810040"
FIRST, LAST = date(2018, 7, 6), date(2020, 3, 25)


def detail(client: Client, exclusion: Exclusion, day: date) -> Mapping[str, object]:
    """Return what the API says of an exclusion on a day."""
    found: Mapping[str, object] = client.get(f"/api/v1/exclusions/{exclusion.reference}/?as_of={day}").json()
    return found


def entry(exclusion: Exclusion, day: date) -> registry.Entry:
    """Return what the exclusion's page shows on a day."""
    return registry.entry(registry.with_details(Exclusion.objects.filter(pk=exclusion.pk)).get(), day)


IN_FORCE_ON: dict[str, Callable[[Exclusion, date], bool]] = {
    "a term that was read": lambda one, day: any(
        term_in_force(term.status, term.valid_from, term.valid_to, day) for term in one.terms.all()
    ),
    "the terms of the database": lambda one, day: ExclusionTerm.objects.filter(exclusion=one).in_force(day).exists(),
    "the list's filter": lambda one, day: standing_on(Exclusion.objects.filter(pk=one.pk), IN_FORCE, day).exists(),
    "the list's counts": lambda one, day: count_standings(Exclusion.objects.filter(pk=one.pk), day).in_force == 1,
    "the list's rows": lambda one, day: listed(Exclusion.objects.filter(pk=one.pk), day)[0][0].standing == IN_FORCE,
    "the page": lambda one, day: entry(one, day).in_force,
    "the number's page": lambda one, day: bool(in_force(exclusions_naming(NUMBER), day)),
    "many numbers": lambda one, day: bool(exclusions_in_force([NUMBER], day)[NUMBER]),
    "the API": lambda one, day: any(term["in_force"] for term in detail(Client(), one, day)["terms"]),  # type: ignore[attr-defined]
}
WORDED_ON: dict[str, Callable[[Exclusion, date], str]] = {
    "the list's rows": lambda one, day: listed(Exclusion.objects.filter(pk=one.pk), day)[0][0].text,
    "the page": lambda one, day: getattr(entry(one, day).text, "text", ""),
    "the API": lambda one, day: str(detail(Client(), one, day)["text"]),
    "the annex": lambda one, day: rows_of_terms(ExclusionTerm.objects.filter(exclusion=one))[0].text,
    "the file": lambda one, day: next(registry.export_rows(Exclusion.objects.filter(pk=one.pk), on=day))["text"],
}


@pytest.fixture
def exclusion() -> Exclusion:
    """Return one whose term begins and ends on known days, with a wording that was there from the start."""
    made = make_exclusion()
    with opened(ExclusionText):
        made.texts.update(valid_from=None)
    return made


@pytest.mark.parametrize("door", IN_FORCE_ON)
def test_a_term_is_in_force_from_its_first_day_to_its_last(door: str, exclusion: Exclusion) -> None:
    days = [date(2018, 7, 5), FIRST, date(2019, 1, 15), LAST, date(2020, 3, 26)]
    assert [IN_FORCE_ON[door](exclusion, day) for day in days] == [False, True, True, True, False]
    with opened(ExclusionTerm):
        exclusion.terms.update(valid_to=None)
    assert [IN_FORCE_ON[door](exclusion, day) for day in (*days, date(2099, 1, 1))] == [False, *[True] * 5]
    with opened(ExclusionTerm):
        exclusion.terms.update(valid_from=None)
    assert not any(IN_FORCE_ON[door](exclusion, day) for day in days), "its first day is not known"
    for status in (ExclusionTerm.Status.PENDING, ExclusionTerm.Status.DELETED):
        with opened(ExclusionTerm):
            exclusion.terms.update(valid_from=FIRST, status=status)
        assert not any(IN_FORCE_ON[door](exclusion, day) for day in days), status


@pytest.mark.parametrize("door", WORDED_ON)
def test_a_wording_stands_from_its_first_day_to_its_last(door: str, exclusion: Exclusion) -> None:
    with opened(ExclusionText):
        exclusion.texts.update(valid_to=date(2018, 12, 31))
    for version, (words, first, last) in enumerate(
        [("Second.", date(2019, 1, 1), date(2019, 6, 30)), ("Third.", date(2019, 9, 1), None)], 2
    ):
        ExclusionText.objects.create(exclusion=exclusion, version=version, text=words, valid_from=first, valid_to=last)
    for day, words in {
        FIRST: TEXT,
        date(2018, 12, 31): TEXT,
        date(2019, 1, 1): "Second.",
        date(2019, 6, 30): "Second.",
        date(2019, 8, 31): "Second.",  # none holds: the last that had begun
        date(2019, 9, 1): "Third.",
        date(2029, 9, 1): "Third.",
    }.items():
        with opened(ExclusionTerm):
            exclusion.terms.update(valid_from=day, valid_to=None)
        assert WORDED_ON[door](exclusion, day) == words, day


@pytest.mark.parametrize("door", WORDED_ON)
def test_a_wording_that_ended_gives_way_to_an_earlier_one_that_goes_on(door: str, exclusion: Exclusion) -> None:
    ExclusionText.objects.create(
        exclusion=exclusion, version=2, text="For a while.", valid_from=date(2019, 1, 1), valid_to=date(2019, 1, 31)
    )
    for day, words in ((date(2019, 1, 31), "For a while."), (date(2019, 2, 1), TEXT)):
        with opened(ExclusionTerm):
            exclusion.terms.update(valid_from=day, valid_to=None)
        assert WORDED_ON[door](exclusion, day) == words, day


@pytest.mark.parametrize("door", WORDED_ON)
def test_before_the_first_wording_begins_it_is_the_first(door: str, exclusion: Exclusion) -> None:
    ExclusionText.objects.create(exclusion=exclusion, version=2, text="Later.", valid_from=date(2020, 1, 1))
    with opened(ExclusionText, ExclusionTerm):
        exclusion.texts.filter(version=1).update(valid_from=date(2019, 1, 1))
        exclusion.terms.update(valid_from=FIRST, valid_to=None)
    assert WORDED_ON[door](exclusion, FIRST) == TEXT


def test_a_row_without_a_first_day_holds_only_where_that_is_asked(exclusion: Exclusion) -> None:
    numbers = ExclusionNumber.objects.filter(text__exclusion=exclusion)
    assert not numbers.filter(holds_on(FIRST)).exists()
    assert numbers.filter(holds_on(FIRST, undated=True) & holds_on(FIRST, "text__", undated=True)).exists()


def test_a_row_lasts_to_its_last_day_whenever_it_begins(exclusion: Exclusion) -> None:
    days = [date(2010, 1, 1), FIRST, LAST, date(2020, 3, 26)]
    for prefix, rows in (("", exclusion.terms.all()), ("terms__", Exclusion.objects.filter(pk=exclusion.pk))):
        with opened(ExclusionTerm):
            exclusion.terms.update(valid_to=LAST)
        assert [rows.filter(lasts_to(day, prefix)).exists() for day in days] == [True, True, True, False]
        with opened(ExclusionTerm):
            exclusion.terms.update(valid_to=None)
        assert all(rows.filter(lasts_to(day, prefix)).exists() for day in days)
