"""The six facts of DR6: each is held against what the product knows, and a denial without a ground is refused."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from exclusions import criteria
from exclusions.actions import transitions
from exclusions.actions.casework import at_desk
from exclusions.actions.filing import petitions
from exclusions.actions.review import reviews
from exclusions.errors import Incomplete
from exclusions.models import CoveredLine, Petition, Recommendation
from exclusions.permissions import denial_facts
from exclusions.workflow.states import Status
from tests.factories.casework.arguing import mark_as_suggested
from tests.factories.casework.ways import PATHS
from tests.factories.petitions import FACT, SEVERAL, Journey

pytestmark = pytest.mark.django_db
Start = Callable[..., Journey]
WHY = "The request lies outside of the scope of the process, as the record shows."
IN_USE = {"product_function": "Worktops, used in hospitals."}


def level1_case(journey: Start, answers: dict[str, str] | None = None, *, against: str = "") -> Journey:
    """Return a case at level 1 on whose every criterion something was found: adverse on one, if any."""
    case = journey()
    petitions.save_answers(case.petition, answers=answers or {}, by=case.cast["importer"], at=case.at)
    case.take(*PATHS[Status.LEVEL1])
    case.codes = [criteria.get(against).denial_code] if against else []
    case.find_on_everything("reviewer1")
    return case


def deny(case: Journey, code: str) -> Recommendation:
    """Recommend a denial for one code."""
    by = case.cast["reviewer1"]
    return reviews.recommend_outcome(case.petition, outcome="deny", denial_codes=[code], reasons=WHY, by=by, at=case.at)


def file_late(case: Journey) -> None:
    after = case.petition.round.closes_at.replace(year=case.petition.round.closes_at.year + 1)
    Petition.objects.filter(pk=case.petition.pk).update(submitted_at=after)


def not_covered(case: Journey) -> None:
    CoveredLine.objects.all().delete()


@pytest.mark.parametrize("code", sorted(criteria.OF_FACTS))
def test_a_denial_without_an_adverse_finding_is_refused_where_no_fact_holds(journey: Start, code: str) -> None:
    case = level1_case(journey)
    with pytest.raises(Incomplete) as refused:
        deny(case, code)
    (sentence,) = refused.value.fields["denial_codes"]
    assert sentence.startswith(f"{code} does not hold." if code != criteria.OTHER_FACT else f"{code} needs a finding")
    assert not case.petition.recommendations.exists()


@pytest.mark.parametrize(("code", "answers"), [("DR6d", SEVERAL), ("DR6e", IN_USE)])
def test_what_the_check_finds_in_the_words_bears_a_code_out(journey: Start, code: str, answers: dict[str, str]) -> None:
    assert deny(level1_case(journey, answers), code).denial_codes == [code]


@pytest.mark.parametrize("code", ["DR6d", "DR6e"])
def test_where_the_check_finds_nothing_a_person_finds_on_the_words(journey: Start, code: str) -> None:
    case = level1_case(journey, against="availability")
    with pytest.raises(Incomplete, match="Find against “Administrability” and cite the words"):
        deny(case, code)
    assert "administrability" not in case.petition.round.criteria or deny(
        level1_case(journey, against="administrability"), code
    ).denial_codes == [code]


@pytest.mark.parametrize(("code", "made"), [("DR6a", not_covered), ("DR6b", file_late)], ids=["a number", "a day"])
def test_a_number_that_is_not_covered_and_a_late_petition_bear_their_codes_out(
    journey: Start, code: str, made: Callable[[Journey], None]
) -> None:
    case = level1_case(journey)
    assert denial_facts.confirmed(case.petition, code) == ""
    made(case)
    petition = Petition.objects.get(pk=case.petition.pk)
    assert denial_facts.confirmed(petition, code).endswith(".")
    assert denial_facts.fact_code_faults(petition, [code], {}) == []


def test_an_answer_that_is_missing_bears_its_code_out(journey: Start) -> None:
    draft = journey().petition  # nothing of it is certified yet
    assert denial_facts.confirmed(draft, "DR6c").endswith(".")
    assert denial_facts.confirmed(level1_case(journey).petition, "DR6c") == ""


def test_another_fact_is_signed_with_the_words_of_counsel_alone(journey: Start) -> None:
    case = journey("deny")
    case.take(*PATHS[Status.LEVEL1])
    case.find_on_everything("reviewer1")
    case.codes = [criteria.OTHER_FACT]
    case._recommend("reviewer1")
    mark_as_suggested(case.petition, by=case.cast["reviewer1"], at=case.at)
    case.act("recommend")
    case._recommend("reviewer2")
    case.act("concur")
    case.take("confirm_consistency")
    row = case.petition.recommendations.order_by("pk").last()
    assert row
    with pytest.raises(Incomplete, match="needs counsel’s own words"):
        at_desk.agree(case.petition, seen=row.pk, agreed=True, by=case.cast["legal"], at=case.at)
    case.codes = ["DR1"]  # counsel writes of another reason alone
    case._conclude("deny")
    case.act("clear_for_denial")
    signed: dict[str, Any] = {"rationale": WHY, "facts": FACT, "contacts": "none", "departure": ""}
    by, unwritten = case.cast["signatory"], {**signed, "denial_codes": [criteria.OTHER_FACT]}
    with pytest.raises(Incomplete, match="signed only with counsel’s own reasons"):
        transitions.take(case.petition, "deny", by=by, at=case.at, data=unwritten)
    transitions.take(case.petition, "remand", by=by, at=case.at, reason=WHY)
    case.at += timedelta(hours=1)
    case.codes = [criteria.OTHER_FACT]
    case._conclude("deny")
    case.act("clear_for_denial")
    transitions.take(case.petition, "deny", by=by, at=case.at, data=unwritten)


def test_the_former_code_names_the_six(journey: Start) -> None:
    case = level1_case(journey)
    assert denial_facts.fact_code_faults(case.petition, ["DR6"], {}) == [
        "DR6 is six facts now. Choose the one on which the denial rests, DR6a to DR6f."
    ]
    assert criteria.REASON_OF["DR6"].endswith(".")
