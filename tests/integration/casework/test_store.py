"""The case store: one row a case, live and historical, that always says what is on file."""

from datetime import date
from typing import Any

import pytest

from exclusions.actions.record import quarantine
from exclusions.actions.store.cases import fill_store, store_case, store_cases, store_docket
from exclusions.errors import Conflict
from exclusions.models import Organization, Petition, StoredCase, User
from exclusions.models.casework.store import plain_key
from exclusions.queries.casework.lists.search import dockets
from exclusions.workflow.outcomes import CaseOutcome
from exclusions.workflow.states import Status
from tests.conftest import Clock
from tests.factories.people import by_two, make_organization
from tests.factories.petitions import Journey
from tests.factories.public import make_public
from tests.factories.world import World

pytestmark = pytest.mark.django_db
DOCKET = "USTR-2019-0005"


def row(number: int, **changes: Any) -> dict[str, Any]:
    """Return a row of a docket."""
    facts = {
        "requester": "Blue Water Kayaks",
        "hts10": "8903100060",
        "product": "Inflatable Kayak",
        "posted_on": date(2019, 6, 30),
        "stage": "granted",
    }
    return {"reference": f"{DOCKET}-{number:04d}", **facts, **changes}


def contents() -> list[dict[str, Any]]:
    """Return every row of the store, without its key."""
    rows = StoredCase.objects.order_by("reference").values()
    return [{name: value for name, value in found.items() if name != "id"} for found in rows]


def test_every_filed_petition_is_stored_as_it_stands_and_no_draft_is(world: World, clock: Clock) -> None:
    kept = contents()
    filed = Petition.objects.exclude(status=Status.DRAFT)
    assert {found["reference"] for found in kept} == set(filed.values_list("reference", flat=True))
    store_cases(filed, at=clock.now)
    assert contents() == kept
    for petition in filed:
        store_case(petition, at=clock.now)
    assert contents() == kept
    assert store_case(world.draft, at=clock.now) is None


def test_what_is_missing_is_filled_after_a_migrate(world: World, clock: Clock, django_assert_num_queries: Any) -> None:
    make_public(900, organization_name="", product_name="Breast pumps", posted_on=date(2019, 7, 2))
    assert fill_store() == 1
    kept = contents()
    StoredCase.objects.all().delete()
    assert fill_store() == len(kept)
    assert contents() == kept
    with django_assert_num_queries(2):
        assert fill_store() == 0
    old = StoredCase.objects.get(kind="historical")
    assert (old.lacks, old.filed_on, old.outcome, old.petition) == ("requester", date(2019, 7, 2), "denied", None)
    StoredCase.objects.filter(petition=world.denied).update(layout=0, words="", outcome="open")
    assert fill_store() == 1
    assert contents() == kept


@pytest.mark.parametrize(("outcome", "ends"), [("grant", CaseOutcome.GRANTED), ("deny", CaseOutcome.DENIED)])
def test_the_store_follows_a_case_to_its_decision(journey: Any, outcome: str, ends: CaseOutcome) -> None:
    case: Journey = journey(outcome)
    case.take("submit", "return", "resubmit", "post")
    stored = StoredCase.objects.get(petition=case.petition)
    assert (stored.outcome, stored.decided_on) == (CaseOutcome.OPEN, None)
    assert stored.product == case.petition.product_name
    assert stored.words.startswith(stored.product)
    assert stored.hts8 == case.petition.hts10[:8]
    assert stored.requester_key == plain_key(case.petition.organization.legal_name)


def test_the_day_of_a_decision_is_that_of_its_signature(world: World) -> None:
    for petition, outcome in ((world.denied, "denied"), (world.published, "granted")):
        stored = StoredCase.objects.get(petition=petition)
        signed = petition.decision.signed_at.astimezone().date()
        assert (stored.outcome, stored.decided_on) == (outcome, signed)


def test_a_merge_and_a_taking_down_reach_the_store(
    world: World, filer: User, admin: User, second_admin: User, clock: Clock
) -> None:
    name = world.posted.product_name
    quarantine.take_down(
        world.posted, thing="answer:product_name", ground="personal", by=filer, at=clock.now, reason="A name."
    )
    stored = StoredCase.objects.get(petition=world.posted)
    assert name not in stored.words
    assert stored.product.startswith("Taken down on")
    assert stored.product_key == ""
    goes, stays = world.level1.organization, make_organization("Meadowlark Infant Care, L.L.C.")
    by_two("merge", stays.pk, people=(admin, second_admin), at=clock.now, duplicate=str(goes.pk))
    assert not StoredCase.objects.filter(organization=goes).exists()
    assert StoredCase.objects.get(petition=world.level1).organization == stays


def test_a_docket_enters_once_marked_where_it_is_blank_and_never_as_a_petition() -> None:
    rows = [row(1), row(2, product="", stage="denied"), row(3, requester="", stage="stage 2".replace(" ", ""))]
    assert store_docket(rows, docket=DOCKET) == (3, 0)
    assert store_docket(rows, docket=DOCKET) == (0, 0)
    assert store_docket([row(1, stage="denied")], docket=DOCKET) == (0, 1)
    found = StoredCase.objects.order_by("reference").values_list("outcome", "lacks", "kind", "hts8")
    assert list(found) == [
        ("denied", "", "historical", "89031000"),
        ("denied", "product", "historical", "89031000"),
        ("open", "requester", "historical", "89031000"),
    ]
    assert not Petition.objects.exists()
    assert not Organization.objects.filter(legal_name="Blue Water Kayaks").exists()


def test_a_docket_cannot_change_a_petition_filed_here(world: World) -> None:
    reference = world.submitted.reference
    with pytest.raises(Conflict, match="is a petition filed here"):
        store_docket([{**row(1), "reference": reference}], docket=world.submitted.round.docket)


def test_words_are_found_stemmed_begun_and_by_the_tail_of_a_reference(world: World) -> None:
    store_docket([row(64), row(65, product="Paddles of wood", requester="Ørsted & Søn")], docket=DOCKET)

    def found(words: str) -> list[str]:
        cases = StoredCase.objects.filter(kind="historical").worded(words).order_by("reference")
        return [case.reference[-4:] for case in cases]

    assert found("kayaks") == ["0064"]
    assert found("paddle woo") == ["0065"]
    assert found("0065") == ["0065"]
    assert found("USTR-2019-0005-0064") == ["0064"]
    assert found("blue kayak") == ["0064"]
    assert found("kayak granite") == []
    assert found("'); -- \" * &|!") == ["0064", "0065"], "no words ask for nothing"
    assert StoredCase.objects.worded("agglomerated quartz").filter(kind="live").exists()


def test_who_stepped_back_from_a_case_does_not_find_it(world: World, reviewer1: User, clock: Clock) -> None:
    world.level1.recusals.create(user=reviewer1, reason="A friend.", declared_at=clock.now)
    store_docket([row(1)], docket=DOCKET)
    seen = StoredCase.objects.open_to(reviewer1)
    assert not seen.filter(petition=world.level1).exists()
    assert seen.filter(kind="historical").exists()
    assert seen.count() == StoredCase.objects.count() - 1


def test_each_docket_is_offered_once_the_latest_first_and_none_whose_cases_are_gone() -> None:
    for docket in ("USTR-2018-0025", "USTR-2018-0032", DOCKET):
        store_docket([row(n, reference=f"{docket}-{n:04d}") for n in (1, 2)], docket=docket)
    StoredCase.objects.filter(docket="USTR-2018-0032").delete()
    assert dockets() == [DOCKET, "USTR-2018-0025"]
