"""A petition returned for correction: named questions, a last day, what was changed, and what time does to it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse

from exclusions.actions.clock import run_clock
from exclusions.actions.filing import petitions
from exclusions.actions.record.notifications import as_email
from exclusions.actions.review import intake
from exclusions.errors import Incomplete, WrongState
from exclusions.gateways.documents.object_store import read_file
from exclusions.models import Cure, Event, Letter, Notification, Petition, User
from exclusions.workflow.deadlines import eastern_date, in_words
from exclusions.workflow.states import Status
from tests.conftest import Clock
from tests.factories.answers import CERTIFIED
from tests.factories.cast import SignedIn
from tests.factories.petitions import Journey
from tests.factories.typed import typed
from tests.pdf_text import pdf_text

POINTS = [
    {"question": "product_description", "remedy": "It names a supplier; take the name out."},
    {"question": "sourcing_attempts", "remedy": "Say which makers you asked."},
]
REMEDIES = [point["remedy"] for point in POINTS]


@pytest.fixture
def trip(journey: Callable[..., Journey], clock: Clock) -> Journey:
    """Return a petition that was returned for two things, and the clock an hour later."""
    trip = journey()
    trip.take("submit")
    intake.return_petition(trip.petition, points=POINTS, by=trip.cast["intake"], at=trip.at)
    trip.petition.refresh_from_db()
    clock.move_to(trip.at + timedelta(hours=1))
    return trip


def letter_text(letter: Letter) -> str:
    return pdf_text(read_file(letter.storage_key))


def page_of(client: SignedIn, name: str, *arguments: object) -> str:
    return " ".join(client.get(reverse(name, args=arguments)).content.decode().split())


def test_a_clerk_names_questions_with_their_remedies_and_a_last_day(
    journey: Callable[..., Journey], intake: User, clock: Clock
) -> None:
    petition = journey().take("submit")
    client, url = SignedIn(intake), reverse("case-return", args=[petition.reference])
    day = eastern_date(clock.now) + timedelta(days=30)
    sent = {"question_1": "product_name", "remedy_1": "Name one product.", "last_day": day.isoformat()}
    assert client.get(f"{url}?question=product_description").context["form"].initial["question_1"] == (
        "product_description"
    )
    half = client.post(url, {**sent, "remedy_2": "And this?"})
    assert half.status_code == 422
    assert "Choose the question that this is about." in half.content.decode()
    assert "And this?" in half.content.decode()
    soon = client.post(url, {**sent, "last_day": eastern_date(clock.now).isoformat()})
    assert soon.status_code == 422
    assert "3 to 90 days from now" in soon.content.decode()
    assert client.post(url, sent).status_code == 302
    cure = Cure.objects.get()
    assert cure.points[0]["remedy"] == "Name one product."
    assert eastern_date(cure.closes_at) == day


def test_a_return_without_a_question_is_refused(journey: Callable[..., Journey], intake_clerk: User) -> None:
    petition = journey().take("submit")
    for points, said in (
        ([], "Name at least one question"),
        (["description"], "Give each point as a question of the form and a remedy"),
        ([{"question": "nonsense", "remedy": "Do."}], "no question “nonsense”"),
        ([{"question": "product_name", "remedy": " "}], "say what the filer is to do"),
    ):
        with pytest.raises(Incomplete, match=said):
            intake.return_petition(petition, points=points, by=intake_clerk, at=petition.status_since)
    assert not Cure.objects.exists()


@pytest.fixture
def intake_clerk(cast: dict[str, User]) -> User:
    return cast["intake"]


def test_the_filer_reads_each_reason_beside_its_field_until_resubmission(trip: Journey) -> None:
    petition, client = trip.petition, SignedIn(trip.cast["importer"])
    last_day = in_words(petition.cure_closes_at)
    for name in ("petition", "petition-check"):
        page = page_of(client, name, petition.pk)
        assert all(remedy in page for remedy in REMEDIES), name
        assert "If you do not resubmit by then, the petition is closed without a decision." in page
    assert REMEDIES[0] in page_of(client, "petition-step", petition.pk, "product")
    assert REMEDIES[1] not in page_of(client, "petition-step", petition.pk, "product")
    assert "Correct and submit again by" in page_of(client, "petitions")
    mail = as_email(Notification.objects.get(template="return")).body
    letter = letter_text(petition.letters.get(kind="returned"))
    for text in (mail, letter):
        assert all(remedy in text for remedy in REMEDIES)
        assert last_day in text
    trip.take("resubmit")
    assert "Correct these answers" not in page_of(client, "petition", petition.pk)
    assert "Correct and submit again by" not in page_of(client, "petitions")


def test_sending_it_again_unchanged_needs_an_explicit_choice_which_the_clerk_reads(trip: Journey, clock: Clock) -> None:
    petition, client = trip.petition, SignedIn(trip.cast["importer"])
    url = reverse("petition-certify", args=[petition.pk])
    assert "I resubmit it unchanged" in client.get(url).content.decode()
    refused = client.post(url, CERTIFIED)
    assert refused.status_code == 422
    assert "You changed nothing since the petition was returned." in refused.content.decode()
    assert client.post(url, {**CERTIFIED, "unchanged": "yes"}).status_code == 302
    assert Event.objects.get(kind="resubmit").data["unchanged"] is True
    read = page_of(SignedIn(trip.cast["intake"]), "case-post", petition.reference)
    assert "Nothing was changed." in read
    assert "Answer not changed" in read


def test_the_clerk_reads_what_changed_question_by_question_and_number_and_time_stay(
    trip: Journey, clock: Clock
) -> None:
    petition, client = trip.petition, SignedIn(trip.cast["importer"])
    before = Petition.objects.get(pk=petition.pk)
    step = reverse("petition-step", args=[petition.pk, "product"])
    client.post(
        step,
        {
            **typed(client.get(step)),
            "product_description": "Slabs of agglomerated quartz of one size, polished on one face.",
            "action": "save",
        },
    )
    assert "Changed" in page_of(client, "petition-check", petition.pk)
    assert "I resubmit it unchanged" not in page_of(client, "petition-certify", petition.pk)
    answer = client.post(reverse("petition-certify", args=[petition.pk]), CERTIFIED)
    assert answer.status_code == 302, answer.context["reasons"]
    after = Petition.objects.get(pk=petition.pk)
    assert (after.reference, after.submitted_at) == (before.reference, before.submitted_at)
    read = page_of(SignedIn(trip.cast["intake"]), "case-post", petition.reference)
    assert "Slabs of agglomerated quartz of one size, polished on one face." in read
    assert "Answer changed" in read
    assert "What was changed" in read


def test_the_filers_warnings_reach_the_clerk(
    journey: Callable[..., Journey], cast: dict[str, User], clock: Clock
) -> None:
    trip = journey()
    answers = {"product_description": "Slabs of quartz of various sizes, and other slabs.", "product_name": "Slabs"}
    petitions.save_answers(trip.petition, by=cast["importer"], at=trip.at, answers=answers)
    trip.take("submit")
    clock.move_to(trip.at)
    read = page_of(SignedIn(cast["intake"]), "case-post", trip.petition.reference)
    assert "What the filer was told to look at again" in read
    assert "The description does not say which goods are meant: “various sizes”." in read
    assert "Your description" not in read


def test_returned_cases_stay_in_intakes_lists(trip: Journey) -> None:
    client = SignedIn(trip.cast["intake"])
    assert "Returned, waiting for the filer" in page_of(client, "review")
    listed = page_of(client, "review-returned")
    assert str(trip.petition.reference) in listed
    assert "days left" in listed
    assert "Last day to correct" in page_of(client, "case-evidence", trip.petition.reference)
    trip.take("resubmit")
    assert str(trip.petition.reference) not in page_of(client, "review-returned")


def test_at_the_last_day_the_clock_lapses_it_once_with_a_letter(trip: Journey) -> None:
    petition, closes = trip.petition, trip.petition.cure_closes_at
    assert closes
    assert run_clock(at=closes).lapsed == []
    late = closes + timedelta(seconds=1)
    assert run_clock(at=late).lapsed == [petition.reference]
    assert run_clock(at=late + timedelta(days=1)).lapsed == []
    petition.refresh_from_db()
    assert petition.status == Status.LAPSED
    assert "closed it without a decision" in letter_text(petition.letters.get(kind="lapsed"))
    assert in_words(closes) in as_email(Notification.objects.get(template="lapse")).body
    page = page_of(SignedIn(trip.cast["importer"]), "petition", petition.pk)
    assert "Lapsed: not corrected in time" in page
    with pytest.raises(WrongState):
        petitions.submit(petition, by=trip.cast["importer"], at=late, certified=CERTIFIED, unchanged=True)


def test_after_the_last_day_nothing_is_submitted_though_the_clock_has_not_run(trip: Journey) -> None:
    late = trip.petition.cure_closes_at + timedelta(seconds=1)
    with pytest.raises(Incomplete, match="The period to correct this petition closed on"):
        petitions.submit(trip.petition, by=trip.cast["importer"], at=late, certified=CERTIFIED, unchanged=True)


def test_a_petition_that_an_earlier_version_returned_has_no_last_day_and_does_not_lapse(trip: Journey) -> None:
    Petition.objects.filter(pk=trip.petition.pk).update(cure_closes_at=None)
    assert run_clock(at=trip.at + timedelta(days=400)).did_nothing
