"""The page of a decided case is supplemented when a like one is decided otherwise; its letter stays as it was sent."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from exclusions.actions.casework.letters_to_set import set_letters
from exclusions.actions.people import proposals
from exclusions.actions.record.quarantine import correct, restore, take_down
from exclusions.actions.review import reviews
from exclusions.days import in_full
from exclusions.gateways.documents.object_store import read_file
from exclusions.models import Decision, Letter, Petition, PublicPetition, Round, Supplement, User
from exclusions.templatetags.tariff_format import eastern
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.states import Status
from tests.conftest import Clock
from tests.factories.casework.citing import OWN_TEXT, SHOWS
from tests.factories.casework.clusters import alike, together_as
from tests.factories.casework.ways import PATHS
from tests.factories.petitions import APART, Journey
from tests.pdf_text import pdf_text as letter_text

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.both_databases("Public copies are locked in one order, which SQLite does not do."),
]
Journeys = Callable[..., Journey]
WHY = "The one maker in Ohio closed its plant after the earlier petition was denied."
OURS = SHOWS[""][0]
SHOWN = "No supplier elsewhere answered an inquiry of lot"


def supplements(case: Petition) -> list[dict[str, Any]]:
    """Return what was added to the public page of a case."""
    return list(PublicPetition.objects.get(reference=case.reference).supplements)


def sent(case: Petition) -> dict[str, bytes]:
    """Return the letters of a case, byte for byte."""
    set_letters()
    return {letter.code: read_file(letter.storage_key) for letter in Letter.objects.filter(petition=case)}


@pytest.fixture
def pair(journey: Journeys) -> tuple[Journey, Journey]:
    """Return a denied case, and a like one that is to be granted, set apart from it, at its signature."""
    denied, case = journey("deny"), journey()
    denied.take(*PATHS[Status.LEGAL])
    case.at = denied.at
    case.take(*PATHS[Status.SIGNATURE])
    denied.at = case.at
    denied.take("clear_for_denial", "deny")
    case.at = denied.at + timedelta(days=3)
    return denied, case


def test_while_the_other_is_undecided_the_page_and_the_letter_name_nothing_of_it(pair: tuple[Journey, Journey]) -> None:
    denied, case = pair
    copy = PublicPetition.objects.filter(reference=denied.petition.reference).values().get()
    assert str(case.petition.reference) not in str(copy)
    assert copy["supplements"] == []
    assert all(str(case.petition.reference) not in letter_text(one) for one in sent(denied.petition).values())


def test_the_page_gets_a_dated_supplement_and_the_letter_stays_byte_for_byte(
    pair: tuple[Journey, Journey], client_of: Callable[[User | None], Client], clock: Clock
) -> None:
    denied, case = pair
    letters, decided = sent(denied.petition), Decision.objects.get(petition=denied.petition)
    shown = PublicPetition.objects.filter(reference=denied.petition.reference).values().get()
    case.take("grant")
    (added,) = supplements(denied.petition)
    name = str(case.petition.reference)
    assert added["on"] == eastern_date(case.at).isoformat()
    assert added["words"] == f"{name}, decided otherwise (granted), is set apart by:"
    assert (added["reasons"], added["references"], added["since"]) == (APART, [name], "")
    assert {one["label"].partition(",")[0] for one in added["quotes"]} == {name, str(denied.petition.reference)}
    assert any(SHOWN in one["value"] for one in added["quotes"])
    assert sent(denied.petition) == letters
    assert Decision.objects.get(petition=denied.petition).explanations == decided.explanations
    now = PublicPetition.objects.filter(reference=denied.petition.reference).values().get()
    changed = {column for column in now if now[column] != shown[column]}
    assert changed == {"supplements", "updated_at"}
    clock.move_to(case.at)
    page = client_of(None).get(reverse("docket-petition", args=[denied.petition.reference])).content.decode()
    assert f"Supplement of {eastern(added['on'])}" in page
    assert all(words in page for words in (added["words"], APART, added["quotes"][0]["value"]))
    told = client_of(None).get(f"/api/v1/docket/{denied.petition.reference}/").json()
    assert told["supplements"] == [added]


def test_the_second_letter_names_the_first_case_and_quotes_what_is_public_of_either(
    pair: tuple[Journey, Journey],
) -> None:
    denied, case = pair
    case.take("grant")
    (letter,) = [one for one in Letter.objects.filter(petition=case.petition) if one.kind == Letter.Kind.GRANT]
    said = " ".join(letter_text(read_file(letter.storage_key)).split())
    assert str(denied.petition.reference) in said
    assert APART in said
    assert "In the public records:" in said
    assert SHOWN in said


def test_feed_and_export_tell_of_the_supplement(
    pair: tuple[Journey, Journey], client_of: Callable[[User | None], Client], clock: Clock
) -> None:
    denied, case = pair
    case.take("grant")
    clock.move_to(case.at)
    name, client = str(denied.petition.reference), client_of(None)
    feed = client.get(reverse("watch-feed"), {"kind": "case", "key": name}).content.decode()
    assert f"{name}: a supplement was added" in feed
    answer = client.get(reverse("docket-export", args=["json"]))
    told = json.loads(b"".join(answer.streaming_content))  # type: ignore[attr-defined]
    rows = {row["reference"]: row["supplements"] for row in told["results"]}
    assert rows[name] == supplements(denied.petition)


def test_a_letter_quotes_nothing_that_was_given_in_confidence_in_its_own_case(journey: Journeys) -> None:
    secret = "Quill and Marrow Stonecutters of Leipzig"
    denied = journey("deny", answers={OWN_TEXT: f"{secret} answered no inquiry."})
    denied.take(*PATHS[Status.DENIED])
    case = journey(answers={"sourcing_attempts": f"{secret} quoted twice the price."})
    case.at = denied.at
    case.take(*PATHS[Status.GRANTED])
    letters = [" ".join(letter_text(one).split()) for one in sent(case.petition).values()]
    assert any(SHOWN in said for said in letters)
    assert not any(secret in said for said in letters)


def test_a_cited_passage_that_is_taken_down_is_quoted_no_more_until_it_is_put_back(
    pair: tuple[Journey, Journey], cast: dict[str, User]
) -> None:
    denied, case = pair
    case.take("grant")
    for taken in (denied, case):
        down = take_down(taken.petition, OURS, by=cast["intake"], at=case.at, reason="It names a person.")
        (added,) = supplements(denied.petition)
        assert [one["label"] for one in added["quotes"] if one["label"].startswith(str(taken.petition.reference))] == []
        assert len(added["quotes"]) == 1
        restore(down, by=cast["intake"], at=case.at)
        assert len(supplements(denied.petition)[0]["quotes"]) == 2
    take_down(case.petition, OURS, by=cast["intake"], at=case.at, reason="It names a person.")
    letter = Letter.objects.get(petition=case.petition, kind=Letter.Kind.GRANT)
    proposal = proposals.propose(
        "reissue_letter", case.petition.pk, facts={"letter": letter.code}, reason="The address was an old one.",
        by=cast["intake"], at=case.at,
    )  # fmt: skip
    proposals.confirm(proposal, by=cast["signatory"], at=case.at)
    again = Letter.objects.exclude(pk=letter.pk).get(petition=case.petition, kind=Letter.Kind.GRANT)
    said = " ".join(letter_text(read_file(again.storage_key)).split())
    assert APART in said
    assert f"Petition C2: Explain your answer about third countries: “{SHOWN} 1" not in said


def test_words_that_are_taken_down_on_the_page_of_the_other_are_down_here_too(
    pair: tuple[Journey, Journey], cast: dict[str, User]
) -> None:
    denied, case = pair
    case.take("grant")
    said = Decision.objects.get(petition=case.petition).explanations
    key = next(one["key"] for one in said if one["reasons"] == APART)
    down = take_down(case.petition, f"explanation:{key}", by=cast["intake"], at=case.at, reason="It names a person.")
    (added,) = supplements(denied.petition)
    assert added["reasons"].startswith("Taken down on")
    assert added["quotes"] == []
    correct(down, "The second page shows longer slabs.", by=cast["intake"], at=case.at)
    assert supplements(denied.petition)[0]["reasons"] == "The second page shows longer slabs."


def reopen(case: Journey) -> None:
    """Reopen the decision on a case, by two."""
    case.take("reopen_decision")


def test_a_decision_that_is_reopened_is_said_to_be_and_so_is_what_came_of_it(journey: Journeys) -> None:
    denied, case = journey("deny"), journey()
    denied.take(*PATHS[Status.LEGAL])
    case.at = denied.at
    case.take(*PATHS[Status.SIGNATURE], "grant")
    letters, name = sent(case.petition), str(denied.petition.reference)
    denied.at = case.at
    denied.take("clear_for_denial", "deny")
    (added,) = supplements(case.petition)
    assert (added["references"], added["since"]) == ([name], "")
    denied.take("reopen_decision")
    (added,) = supplements(case.petition)
    assert added["since"] == f"The decision on {name} was reopened on {in_full(eastern_date(denied.at))}."
    denied.take("clear_for_drafting", "send_to_customs", "clear_text", "assess", "grant")
    (added,) = supplements(case.petition)
    assert added["since"].endswith(f"{name} was decided again on {in_full(eastern_date(denied.at))}: granted.")
    assert sent(case.petition) == letters


def test_a_page_whose_decision_names_one_that_is_reopened_says_so(pair: tuple[Journey, Journey]) -> None:
    denied, case = pair
    case.take("grant")
    denied.at = case.at
    assert supplements(case.petition) == []
    denied.take("reopen_decision")
    (added,) = supplements(case.petition)
    assert added["words"] == f"The decision on {denied.petition.reference}, which this decision names, was reopened."
    (added,) = supplements(denied.petition)
    assert added["since"].startswith("The decision on this petition was reopened on")
    denied.take("clear_for_denial", "deny")
    first, second = supplements(case.petition)
    assert first["since"].startswith(f"{denied.petition.reference} was decided again on")
    assert (
        second["words"] == f"{denied.petition.reference} was decided otherwise (denied). This petition is set apart by:"
    )


def test_a_petition_that_was_taken_down_gets_its_supplement_when_it_is_put_back(
    pair: tuple[Journey, Journey], cast: dict[str, User]
) -> None:
    denied, case = pair
    case.take("grant")
    down = take_down(denied.petition, by=cast["intake"], at=case.at, reason="It names a person.")
    assert not PublicPetition.objects.filter(reference=denied.petition.reference).exists()
    restore(down, by=cast["intake"], at=case.at)
    assert len(supplements(denied.petition)) == 1
    take_down(case.petition, by=cast["intake"], at=case.at, reason="It names a person.")
    (added,) = supplements(denied.petition)
    assert added["reasons"].startswith("Taken down on")
    assert added["quotes"] == []


def test_a_sentence_written_of_an_undecided_case_too_is_published_without_its_reference(
    journey: Journeys, second_reviewer2: User
) -> None:
    waiting, third, case = journey("deny"), journey("deny"), journey()
    for one in (waiting, third):
        one.take(*PATHS[Status.LEGAL])
    case.at, name = third.at, str(waiting.petition.reference)
    case.take(*PATHS[Status.SIGNATURE])
    said = {"": f"These slabs are longer than those of {name}."}
    reviews.record_consistency(case.petition, distinctions=said, ours=SHOWS, by=second_reviewer2, at=case.at)
    case.act("grant")
    third.at = case.at
    third.take("clear_for_denial", "deny")
    (added,) = supplements(case.petition)
    assert added["reasons"] == "These slabs are longer than those of a case that is not decided."
    copies = PublicPetition.objects.filter(reference__in=[case.petition.reference, third.petition.reference])
    assert name not in str(list(copies.values("explanations", "supplements")))


def test_a_cluster_that_is_signed_at_once_adds_one_supplement_that_names_all(
    cast: dict[str, User], list3: Round, clock: Clock
) -> None:
    other = Journey(cast, list3, clock.now)
    other.take(*PATHS[Status.GRANTED])
    cluster, petitions = alike(cast, list3, other.at, 3, Status.CONSISTENCY)
    at = max(petition.status_since for petition in petitions) + timedelta(hours=1)
    said = {"outcome": "deny", "reasons": WHY, "denial_codes": ["DR1"]}
    together_as(cast["second_reviewer2"], cluster, "consistency", petitions, at, distinctions=WHY, departs=True)
    together_as(cast["legal"], cluster, "legal_review", petitions, at, **said, confirms=True)
    denial = {"rationale": WHY, "denial_codes": ["DR1"], "contacts": "none"}
    together_as(cast["signatory"], cluster, "deny", petitions, at, **denial, confirms=True)
    (added,) = supplements(other.petition)
    names = [str(petition.reference) for petition in petitions]
    assert added["references"] == names
    assert added["words"] == f"{', '.join(names)}, decided otherwise (denied), depart from this decision. The reason:"
    assert added["reasons"] == WHY
    assert Supplement.objects.count() == 1
