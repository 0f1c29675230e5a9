"""Signing and publishing: what a grant writes, what a denial needs, and that nothing is decided without findings."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from exclusions.actions import transitions
from exclusions.actions.decision import decisions, notices
from exclusions.actions.record.notifications import as_email
from exclusions.actions.review import reviews
from exclusions.errors import ActionRefused, Incomplete, NotPermitted, WrongState
from exclusions.facts.numbers import on_day
from exclusions.hts import HtsNumber
from exclusions.models import (
    Decision,
    Event,
    Exclusion,
    ExclusionNumber,
    ExclusionTerm,
    ExclusionText,
    Letter,
    Notification,
    Petition,
    PublicPetition,
    Round,
    User,
)
from exclusions.workflow.states import Stage, Status
from tests.conftest import Clock
from tests.factories.answers import SECRETS
from tests.factories.casework.ways import PATHS, TO_LEGAL, TO_SIGNATURE
from tests.factories.people import join
from tests.factories.petitions import TEXT, Journey
from tests.opened import opened

pytestmark = pytest.mark.django_db
NUMBER = "6810990010"
Start = Callable[..., Journey]
ClientOf = Callable[[User | None], Client]


def in_force(day: date) -> list[str]:
    return [found.reference for found in on_day(HtsNumber(NUMBER), day).exclusions]


def test_a_grant_writes_exclusion_text_number_and_a_pending_term(to_sign: Journey, signatory: User) -> None:
    decision = decisions.grant(
        to_sign.petition, rationale="No other source.", contacts="none", by=signatory, at=to_sign.at
    )
    exclusion = Exclusion.objects.get()
    assert decision.exclusion == exclusion
    assert (exclusion.action.code, exclusion.origin) == ("3", Exclusion.Origin.DECISION)
    text = ExclusionText.objects.get()
    assert (text.text, text.whole_number, text.exclusion) == (TEXT, False, exclusion)
    assert ExclusionNumber.objects.get().number == NUMBER
    term = ExclusionTerm.objects.get()
    assert (term.heading, term.note, term.status) == ("99038813", "p", ExclusionTerm.Status.PENDING)
    assert (term.valid_from, term.valid_to) == (date(2018, 9, 24), date(2020, 8, 7))
    assert [finding["criterion"] for finding in decision.findings] == to_sign.petition.round.criteria
    assert Letter.objects.filter(petition=to_sign.petition, kind="grant").count() == 1
    event = Event.objects.filter(subject=f"petition:{to_sign.petition.pk}").latest("sequence")
    assert (event.kind, event.from_status, event.to_status, event.by) == ("grant", "signature", "granted", signatory)
    public = PublicPetition.objects.get(reference=to_sign.petition.reference)
    assert (public.stage, public.rationale) == (Stage.STAGE4, "No other source.")
    assert not in_force(date(2019, 9, 1)), "A term is not in force before its notice is published."


def test_a_published_grant_is_in_force_on_its_first_and_last_day(to_sign: Journey) -> None:
    to_sign.take("grant", "publish")
    term = ExclusionTerm.objects.get()
    assert (term.status, term.authority, term.item) == (ExclusionTerm.Status.PUBLISHED, "84 FR 99999", "1")
    reference = Exclusion.objects.get().reference
    for day, expected in (
        (date(2018, 9, 23), []),
        (date(2018, 9, 24), [reference]),
        (date(2020, 8, 7), [reference]),
        (date(2020, 8, 8), []),
    ):
        assert in_force(day) == expected, day
    assert PublicPetition.objects.get(reference=to_sign.petition.reference).stage == Stage.GRANTED


@pytest.mark.parametrize(
    ("changes", "published", "expected"),
    [
        ({"term_rule": "one_year_after_publication", "term_ends_on": None}, date(2020, 2, 29),
         (date(2018, 9, 24), date(2021, 2, 28))),
        ({"retroactive_rule": "publication"}, date(2020, 3, 2), (date(2020, 3, 2), date(2020, 8, 7))),
        ({"term_rule": "notice", "term_ends_on": None}, date(2020, 3, 2), (date(2018, 9, 24), date(2020, 12, 31))),
    ],
)  # fmt: skip
def test_the_term_follows_the_rules_of_the_round(
    changes: dict[str, object],
    published: date,
    expected: tuple[date, date],
    to_sign: Journey,
    publisher: User,
    list3: Round,
) -> None:
    with opened(Round):
        Round.objects.filter(pk=list3.pk).update(**changes)
    to_sign.petition = Petition.objects.select_related("round", "organization").get(pk=to_sign.petition.pk)
    to_sign.take("grant")
    ends = date(2020, 12, 31) if changes.get("term_rule") == "notice" else None
    notice = notices.Notice("85 FR 1", published, ends_on=ends)
    at = to_sign.at.replace(year=2020, month=3, day=3)
    notices.publish_grant(to_sign.petition, notice, by=publisher, at=at)
    term = ExclusionTerm.objects.get()
    assert (term.valid_from, term.valid_to) == expected


def test_one_exclusion_answers_ten_petitions(journey: Start, publisher: User) -> None:
    trips = [journey() for _ in range(10)]
    for trip in trips:
        trip.take(*TO_SIGNATURE, "grant")
    assert Exclusion.objects.count() == ExclusionTerm.objects.count() == ExclusionText.objects.count() == 1
    assert Decision.objects.filter(exclusion=Exclusion.objects.get()).count() == 10
    at = trips[-1].at
    notice = notices.Notice("84 FR 99999", at.date())
    done = notices.publish_notice([trip.petition for trip in trips], notice, by=publisher, at=at)
    assert {petition.status for petition in done} == {Status.PUBLISHED}
    assert ExclusionTerm.objects.get().status == ExclusionTerm.Status.PUBLISHED
    trip = journey()
    trip.take(*TO_SIGNATURE, "grant", "publish")
    assert ExclusionTerm.objects.count() == 1, "An eleventh petition joins what is in force."


def test_a_product_whose_exclusion_expired_gets_a_new_term(journey: Start) -> None:
    journey().take(*TO_SIGNATURE, "grant", "publish")
    with opened(ExclusionTerm):
        ExclusionTerm.objects.update(valid_to=date(2019, 1, 1))
    journey().take(*TO_SIGNATURE, "grant")
    assert Exclusion.objects.count() == 1
    assert [term.status for term in ExclusionTerm.objects.order_by("pk")] == ["published", "pending"]


def test_a_denial_needs_known_codes_and_a_rationale(journey: Start, signatory: User) -> None:
    trip = journey("deny")
    trip.codes = ["DR1", "DR2"]
    trip.take(*TO_LEGAL, "clear_for_denial")
    for rationale, codes, says in (
        ("", ["DR1"], "Give the rationale"),
        ("A source exists.", [], "at least one coded reason"),
        ("A source exists.", ["DR9"], "Unknown reason code: DR9"),
    ):
        with pytest.raises(Incomplete, match=says):
            decisions.deny(
                trip.petition, rationale=rationale, contacts="none", denial_codes=codes, by=signatory, at=trip.at
            )
    assert not Decision.objects.exists()
    decision = decisions.deny(
        trip.petition,
        rationale="A source exists.",
        contacts="none",
        denial_codes=["DR1", "DR2", "DR1"],
        by=signatory,
        at=trip.at,
    )
    assert decision.denial_codes == ["DR1", "DR2"]
    public = PublicPetition.objects.get(reference=trip.petition.reference)
    assert (public.stage, [row["code"] for row in public.denial_codes]) == (Stage.DENIED, ["DR1", "DR2"])
    assert not Exclusion.objects.exists()


def test_a_rationale_may_not_repeat_what_was_given_in_confidence(to_sign: Journey, signatory: User) -> None:
    with pytest.raises(Incomplete, match="repeats what was given in confidence") as refused:
        decisions.grant(
            to_sign.petition, rationale="They bought for $7,071,234.", contacts="none", by=signatory, at=to_sign.at
        )
    assert not [secret for secret in SECRETS if secret in str(refused.value)]
    assert not Decision.objects.exists()
    assert not Exclusion.objects.exists()


Door = Callable[[Journey, User, ClientOf, str], list[str]]


def by_action(trip: Journey, by: User, client_of: ClientOf, name: str) -> list[str]:
    signs: dict[str, Callable[[], Decision]] = {
        "grant": lambda: decisions.grant(
            trip.petition, rationale="The record shows it.", contacts="none", by=by, at=trip.at
        ),
        "deny": lambda: decisions.deny(
            trip.petition, rationale="The record shows it.", contacts="none", denial_codes=["DR1"], by=by, at=trip.at
        ),
    }
    with pytest.raises(ActionRefused) as refused:
        signs[name]()
    return refused.value.reasons


def by_name(trip: Journey, by: User, client_of: ClientOf, name: str) -> list[str]:
    data = {"rationale": "The record shows it.", "denial_codes": ["DR1"]}
    with pytest.raises(ActionRefused) as refused:
        transitions.take(trip.petition, name, by=by, at=trip.at, data=data)
    return refused.value.reasons


def by_page(trip: Journey, by: User, client_of: ClientOf, name: str) -> list[str]:
    sent = {"transition": name, f"{name}-rationale": "The record shows it.", f"{name}-denial_codes": ["DR1"]}
    page = client_of(by).post(f"/sign/{trip.petition.reference}/", sent)
    assert page.status_code == 422
    return [page.content.decode()]


def by_case(trip: Journey, by: User, client_of: ClientOf, name: str) -> list[str]:
    sent = {"rationale": "The record shows it.", "denial_codes": ["DR1"]}
    page = client_of(by).post(f"/review/{trip.petition.reference}/{name}/", sent)
    assert page.status_code == 422
    return [page.content.decode()]


@pytest.mark.parametrize("name", ["grant", "deny"])
@pytest.mark.parametrize("door", [by_action, by_name, by_page, by_case])
def test_no_door_decides_without_a_finding_on_every_criterion(
    door: Door, name: str, to_sign: Journey, signatory: User, client_of: ClientOf, clock: Clock, list3: Round
) -> None:
    clock.move_to(to_sign.at)
    with opened(Round):
        Round.objects.filter(pk=list3.pk).update(criteria=[*list3.criteria, "domestic_manufacturing"])
    to_sign.petition = Petition.objects.select_related("round", "organization").get(pk=to_sign.petition.pk)
    told = " ".join(door(to_sign, signatory, client_of, name))
    assert "Record a finding on: Use in domestic manufacturing" in told
    to_sign.petition.refresh_from_db()
    assert to_sign.petition.status == Status.SIGNATURE
    assert not Decision.objects.exists()
    assert not Exclusion.objects.exists()


@pytest.mark.parametrize(
    ("outcome", "says"), [("grant", "Granted, notice pending"), ("deny", "Denied")], ids=["grant", "denial"]
)
def test_the_requester_is_told_of_the_decision(outcome: str, says: str, journey: Start, importer: User) -> None:
    trip = journey(outcome)
    trip.take(*PATHS[Status.GRANTED if outcome == "grant" else Status.DENIED])
    message = Notification.objects.filter(to=importer.email).latest("pk")
    assert (message.template, message.subject) == (outcome, f"{trip.petition.reference}: {says}")
    text = as_email(message).body
    assert str(trip.petition.reference) in text
    assert f"/petitions/{trip.petition.pk}/" in text


def test_who_may_not_sign_does_not(to_sign: Journey, cast: dict[str, User], signatory: User) -> None:
    for name in ("reviewer1", "legal", "admin", "importer", "auditor", "publisher"):
        with pytest.raises(NotPermitted, match="is for a Signatory"):
            decisions.grant(
                to_sign.petition, rationale="The record shows it.", contacts="none", by=cast[name], at=to_sign.at
            )
    tie = join(signatory, to_sign.petition.organization)
    with pytest.raises(NotPermitted, match="You belong to Meadowlark"):
        decisions.grant(
            to_sign.petition, rationale="The record shows it.", contacts="none", by=signatory, at=to_sign.at
        )
    tie.delete()
    reviews.recuse(to_sign.petition, reason="A cousin works there.", by=signatory, at=to_sign.at)
    with pytest.raises(NotPermitted, match="You have recused yourself"):
        decisions.deny(
            to_sign.petition,
            rationale="The record shows it.",
            contacts="none",
            denial_codes=["DR1"],
            by=signatory,
            at=to_sign.at,
        )
    assert not Decision.objects.exists()


def test_what_is_decided_is_not_decided_again(to_sign: Journey, signatory: User) -> None:
    to_sign.take("grant")
    with pytest.raises(WrongState):
        decisions.deny(
            to_sign.petition,
            rationale="The record shows it.",
            contacts="none",
            denial_codes=["DR1"],
            by=signatory,
            at=to_sign.at,
        )
    assert Decision.objects.get().outcome == "grant"
