"""What a filer reads first: what to do next, what stands in the way, and no sign that stands by itself."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from exclusions.actions.filing import petitions
from exclusions.models import Petition, User
from exclusions.queries.casework.case.evidence import answer_steps
from exclusions.queries.casework.case.screening import CHOSEN, doubts
from exclusions.questionnaires import get
from tests.conftest import Clock
from tests.factories.answers import petition_answers
from tests.factories.cast import SignedIn
from tests.factories.petitions import Journey

INCLUDED = re.compile(r"{% include (?:(?!%}).)*%}\s*[.,;:](?!\w)")


def read(user: User, name: str, *arguments: object) -> str:
    answer = SignedIn(user).get(reverse(name, args=arguments))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_no_full_stop_follows_a_piece_of_a_page_after_a_blank() -> None:
    # A piece ends with the end of its last line, which a browser shows as a blank: pieces take their sign as `end`.
    faults = [
        f"{path.name}: {found}"
        for path in (Path(settings.BASE_DIR) / "templates").rglob("*.html")
        for found in INCLUDED.findall(path.read_text(encoding="utf-8"))
    ]
    assert faults == []


@pytest.mark.django_db
def test_the_list_says_first_what_to_do_next_and_by_when(
    journey: Callable[..., Journey], importer: User, clock: Clock
) -> None:
    case = journey()
    assert "Finish and submit by" in read(importer, "petitions").partition("<table")[0]
    case.take("submit", "return")
    page = read(importer, "petitions").partition("<table")[0]
    assert "What to do next" in page
    assert "Correct and resubmit by" in page
    assert "The requester corrects" not in page
    assert re.search(r"days left\)</span>:\s", page)
    returned = read(importer, "petition", case.petition.pk)
    assert "If you do not resubmit by then, the petition is closed without a decision." in returned
    assert not re.search(r"(left\)|set)\.? \.", re.sub(r"<[^>]*>", "", returned))


@pytest.mark.django_db
def test_the_check_opens_with_the_answer_and_folds_what_is_long(draft: Petition, importer: User, clock: Clock) -> None:
    page = read(importer, "petition-check", draft.pk)
    answer, button, own = (
        page.index(words) for words in ("You can submit this", "Continue to certify", "Your answers")
    )
    assert answer < button < own
    assert page.count("<details") == page.count("<details ") >= 2
    assert "<details open" not in page
    clock.move_to(draft.round.closes_at + timedelta(minutes=1))
    late = read(importer, "petition-check", draft.pk)
    assert "Nothing is left to correct" in late
    assert "You can submit" not in late
    assert '<button class="usa-button" type="button" disabled aria-describedby="why-not">' in late


@pytest.mark.django_db
def test_a_chosen_ground_is_no_sign_of_confidential_matter(draft: Petition) -> None:
    form, answers = get("petition-2019"), {**petition_answers(), "sourcing_attempts_ground": "trade_secret"}
    public = answer_steps(form, answers, {})
    assert any("trade secret" in line.value for step in public for line in step.lines)
    assert "sourcing_attempts_ground" not in {doubt.key for doubt in doubts(draft, form, answers, public, [])}
    assert {question.kind for question in form.questions if question.choices} <= set(CHOSEN)


@pytest.mark.django_db
def test_quality_and_price_define_no_product(draft: Petition, importer: User) -> None:
    at = draft.created_at
    petitions.save_answers(draft, by=importer, at=at, answers={"unique_features": "High quality at a reasonable price"})
    page = read(importer, "petition-check", draft.pk)
    for words in ("High quality", "reasonable price"):
        assert f"uses a word that cannot be measured: “{words}”" in page
