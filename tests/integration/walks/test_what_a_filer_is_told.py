"""What a filer is told of answers and files before a petition can be filed, in words, and that it stays so.

See `test_whole_record.py` for how the files are written.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

import pytest

from exclusions.actions.filing import documents, petitions
from exclusions.actions.filing.confidentiality import refuse_confidentiality
from exclusions.actions.filing.documents import Upload
from exclusions.facts.forms import petition_form
from exclusions.hts import HtsNumber
from exclusions.models import Document, Petition, User
from exclusions.permissions.cures import changed_since_return, last_day_problem, points_problems
from exclusions.permissions.filing import blocking_problems, judged_files, remarks
from exclusions.permissions.filing_facts import filing_facts, tariff_facts
from tests.factories.answers import petition_answers
from tests.factories.petitions import Journey
from tests.factories.world import World, pdf
from tests.integration.walks.test_whole_record import as_written

pytestmark = pytest.mark.django_db
NUMBERS = ("6810990010", "68109900", "681099", "6810", "6810990080", "9903881300", "0101210010")
WRITTEN_OTHERWISE = ("6810.99.0010", "12", "٦٨١٠", "68 10")
POINTS: tuple[Any, ...] = (
    None,
    [],
    [{"question": "nothing", "remedy": "x"}],
    [{"question": "hts10", "remedy": " "}],
    [{"question": "hts10", "remedy": "x"}],
    [{"question": "hts10", "remedy": "Give ten digits."}] * 11,
)
AHEAD = (0, 1, 2, 3, 4, 5, 6, 29, 30, 31, 60, 61, 90, 91)  # days


def said(petition: Petition, answers: Mapping[str, Any], case: Journey, **how: Any) -> list[str]:
    """Return what is remarked on these answers, a line each."""
    return [
        f"    {one.level} {one.key} {one.cell}: {one.sentence} {one.leak and 'to be settled'} {one.excerpt}".rstrip()
        for one in remarks(petition, answers, case.at, **how)
    ]


def changes() -> dict[str, dict[str, Any]]:
    """Return answers to be told of, by what is wrong with them."""
    whole = petition_answers()
    secret = next(value for key, value in whole.items() if key == "sourcing_attempts")
    return {
        "nothing": {},
        "whole": whole,
        **{
            f"number {number}": whole | {"hts10": number}
            for number in (*NUMBERS, "6810.99.0010", "12", "٦٨١٠", "68 10")
        },
        "a confidential value in a public answer": whole | {"product_description": f"As quoted: {secret}"},
        "another name": whole | {"org_legal_name": "Another Company"},
    }


def test_what_is_told_of_answers_is_written_down(journey: Callable[..., Journey]) -> None:
    lines = []
    for through_firm in (False, True):
        case = journey(through_firm=through_firm)
        for name, answers in changes().items():
            lines += [f"{name}, through a firm: {through_firm}", *said(case.petition, answers, case)]
    lines += ["no warnings", *said(case.petition, changes()["whole"], case, warnings=False)]
    lines += ["no gaps", *said(case.petition, {}, case, gaps=False)]
    for step in petition_form(case.petition.round).steps:
        lines += [f"step {step.key}", *said(case.petition, {}, case, step=step.key)]
    lines += ["in the way", *blocking_problems(case.petition, case.at)]
    as_written("told_of_answers", lines)


def test_what_filing_is_judged_by_is_written_down(journey: Callable[..., Journey], world: World) -> None:
    lines = []
    case = journey(through_firm=True)
    for name, answers in changes().items():
        for tariff, earlier in ((True, True), (True, False), (False, True)):
            facts = filing_facts(case.petition, answers, case.at, tariff=tariff, earlier=earlier)
            lines += [f"{name}, tariff {tariff}, earlier {earlier}: {asdict(facts)}"]
    codes = {action.code for action in case.petition.round.actions.all()}
    for number in NUMBERS:
        for day in (date(2018, 9, 23), date(2018, 9, 24), date(2019, 7, 8), date(2026, 11, 1)):
            lines += [f"{number} on {day}: {asdict(tariff_facts(HtsNumber(number), codes, day))}"]
            lines += [f"{number} on {day} of no list: {tariff_facts(HtsNumber(number), (), day).covered}"]
    as_written("told_of_numbers", lines)


def test_what_is_told_of_files_is_written_down(journey: Callable[..., Journey], cast: dict[str, User]) -> None:
    case = journey(through_firm=True)
    secret = case.petition.versions.get().answers["sourcing_attempts"]
    for minute, (name, question, text) in enumerate(
        (
            ("catalogue.pdf", "public_documents", pdf("Catalogue")),
            ("quotations 2019.pdf", "confidential_documents", pdf("Quotations")),
            ("our quotations 2019.pdf", "public_documents", pdf("Repeats a name")),
            ("notes.txt", "public_documents", f"We wrote: {secret}".encode()),
        )
    ):
        at = case.at + timedelta(minutes=minute)
        documents.attach(case.petition, question, Upload(name, text), by=cast["filer"], at=at)
    answers = case.petition.versions.get().answers
    lines = ["as attached", *said(case.petition, answers, case)]
    lines += ["as judged before", *said(case.petition, answers, case, judged=judged_files(case.petition))]
    first = Document.objects.get(petition=case.petition, file_name="notes.txt")
    documents.remove(case.petition, first, by=cast["filer"], at=case.at)
    lines += ["one was removed", *said(case.petition, case.petition.versions.get().answers, case)]
    lines += ["on another page", *said(case.petition, answers, case, step="product")]
    as_written("told_of_files", lines)


def test_what_is_told_of_a_returned_petition_is_written_down(journey: Callable[..., Journey]) -> None:
    case = journey(through_firm=True)
    petition = case.take("submit")
    refuse_confidentiality(
        petition, "sourcing_attempts", reason="It is on the maker's public page.", by=case.cast["intake"], at=case.at
    )
    petition = case.take("return")
    version = petition.versions.get(sealed_at=None)
    lines = ["as returned", *said(petition, version.answers, case)]
    lines += [f"changed: {changed_since_return(petition)}"]
    changed = version.answers | {"product_description": "Slabs of agglomerated quartz, polished."}
    lines += [f"changed: {changed_since_return(petition, changed)}"]
    petitions.save_answers(petition, answers={"product_description": "Slabs."}, by=case.cast["filer"], at=case.at)
    lines += [f"changed: {changed_since_return(petition)}"]
    cured = version.answers | {"sourcing_attempts": "We asked six makers in Ohio, and none makes such slabs."}
    lines += ["cured", *said(petition, cured, case)]
    form = petition_form(petition.round)
    for points in POINTS:
        lines += [f"points {points}: {points_problems(form, points)}"]
    today = case.at.date()
    for chosen in (
        None,
        "2019-07-22",
        *(today + timedelta(days=days) for days in AHEAD),
    ):
        lines += [f"last day {chosen}: {last_day_problem(chosen, case.at)}"]
    as_written("told_of_a_returned_petition", lines)
