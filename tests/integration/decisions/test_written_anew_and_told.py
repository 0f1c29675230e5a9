"""Which copies are written anew after a migrate, and who is told what of a response or of its ties."""

from collections.abc import Callable

import pytest
from pytest_django.fixtures import Settings

from exclusions.actions.filing import documents
from exclusions.actions.filing.documents import Upload
from exclusions.actions.record import quarantine
from exclusions.actions.record.after_migrate import after_migrate, write_copies_anew
from exclusions.actions.record.disclosure_checks import look_through
from exclusions.actions.record.notifications import as_email
from exclusions.actions.record.publication import publish_response
from exclusions.actions.record.transition import move
from exclusions.errors import Repeats
from exclusions.models import (
    Notification,
    PublicPetition,
    PublicResponse,
    Quarantine,
    Reply,
    Response,
    User,
    guards,
)
from exclusions.models.public import LAYOUT
from exclusions.permissions.agreement import adoption
from exclusions.permissions.standing import standing_of, standings
from exclusions.permissions.submissions import response_withdrawal_refusal
from exclusions.workflow.states import Status
from tests.factories.answered import posted_response
from tests.factories.petitions import Journey
from tests.factories.world import pdf

pytestmark = pytest.mark.django_db
Start = Callable[..., Journey]


def test_a_copy_of_todays_layout_is_left_as_it_is(journey: Start) -> None:
    journey().take("submit", "post")
    copies = PublicPetition.objects.all()
    copies.update(product_name="As it was written")
    write_copies_anew()
    assert copies.get().product_name == "As it was written"
    copies.update(layout=LAYOUT - 1)
    write_copies_anew()
    assert copies.get().product_name != "As it was written"


@pytest.mark.parametrize("said_in", ["response", "reply"])
def test_what_a_copy_of_a_response_repeats_already_keeps_it_from_nothing(
    journey: Start, cast: dict[str, User], said_in: str
) -> None:
    case = journey()
    petition = case.take("submit", "post")
    given = posted_response(petition, cast, case.at)
    words = f"Ask {petition.versions.get().answers['requester_email']} why; we make them in Maine."
    if said_in == "response":
        Response.objects.update(answers={**given.answers, "explanation": words})
    else:
        Reply.objects.create(response=given, answers={"text": words}, submitted_at=case.at, submitted_by=cast["filer"])
    publish_response(Response.objects.get(), at=case.at)
    copies = PublicResponse.objects.all()
    assert words in str(copies.values("answers", "reply_answers").get())
    copies.update(layout=LAYOUT - 1)
    write_copies_anew()
    assert copies.get().layout == LAYOUT


def test_staff_alone_are_told_that_words_repeat_what_a_responder_gave(journey: Start, cast: dict[str, User]) -> None:
    case = journey()
    petition = case.take("submit", "post")
    secret = "harriet.holloway@quarry.example.test"
    posted_response(petition, cast, case.at, responder_email=secret)
    for name in ("importer", "rival"):
        assert look_through("withdraw", petition, {"reason": f"Ask {secret}."}, by=cast[name], at=case.at) is True
    with pytest.raises(Repeats):
        look_through("withdraw", petition, {"reason": f"Ask {secret}."}, by=cast["intake"], at=case.at)


def test_nothing_is_to_be_adopted_where_no_desk_before_concluded(level1_once: Journey) -> None:
    petition = level1_once.petition
    assert adoption(petition) is None
    petition.status = Status.LEVEL2
    assert adoption(petition) is None


def test_the_standing_to_several_cases_says_what_ties_the_person(level1_once: Journey, cast: dict[str, User]) -> None:
    case = level1_once
    petition = case.petition
    own = standing_of(cast["reviewer1"], petition, case.at)
    assert own.ties is not None
    assert standings(cast["reviewer1"], [petition], case.at) == {petition.pk: own}


def test_a_database_that_lacks_a_migration_of_ours_is_left_alone(
    journey: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    journey().take("submit", "post")
    copies = PublicPetition.objects.all()
    for is_whole, layout in ((False, LAYOUT - 1), (True, LAYOUT)):
        copies.update(layout=LAYOUT - 1)
        monkeypatch.setattr(guards, "is_whole", lambda connection, is_whole=is_whole: is_whole)
        after_migrate(using="default")
        assert copies.get().layout == layout


def test_a_reason_that_repeats_a_value_is_refused_by_the_transition_itself(
    journey: Start, cast: dict[str, User]
) -> None:
    case = journey()
    petition = case.take("submit", "post")
    secret = petition.versions.get().answers["requester_email"]
    with pytest.raises(Repeats):
        move(petition, "withdraw", by=cast["importer"], at=case.at, reason=f"Ask {secret}.", data={})
    move(petition, "withdraw", by=cast["importer"], at=case.at, reason="No longer needed.", data={})


@pytest.mark.parametrize("ground", ["personal", "mistake"])
def test_a_corrected_file_waits_on_the_ground_on_which_the_first_was_taken_down(
    journey: Start, cast: dict[str, User], ground: str
) -> None:
    case = journey()
    upload = Upload("plan.pdf", pdf("plan"))
    file = documents.attach(case.petition, "public_documents", upload, by=cast["importer"], at=case.at)
    petition = case.take("submit", "post")
    thing = f"document:{file.pk}"
    taken = quarantine.take_down(petition, thing, by=cast["intake"], at=case.at, reason="A name.", ground=ground)
    new = quarantine.replace_document(taken, Upload("plan.pdf", pdf("other")), by=cast["importer"], at=case.at)
    assert Quarantine.objects.get(document=new).ground == ground


def test_of_two_files_that_are_down_the_one_that_is_corrected_is_replaced(
    journey: Start, cast: dict[str, User]
) -> None:
    case = journey()
    files = [
        documents.attach(case.petition, "public_documents", Upload(f"{n}.pdf", pdf(n)), by=cast["importer"], at=case.at)
        for n in ("one", "two")
    ]
    petition = case.take("submit", "post")
    down = [
        quarantine.take_down(petition, f"document:{file.pk}", by=cast["intake"], at=case.at, reason="A name.")
        for file in files
    ]
    new = quarantine.replace_document(down[1], Upload("two.pdf", pdf("other")), by=cast["importer"], at=case.at)
    kept = Quarantine.objects.filter(pk__in=[one.pk for one in down]).order_by("pk")
    assert [one.replacement_id for one in kept] == [None, new.pk]


def test_a_response_is_not_withdrawn_once_the_petition_is_reviewed_whatever_its_period(
    journey: Start, cast: dict[str, User]
) -> None:
    case = journey()
    petition = case.take("submit", "post")
    given = posted_response(petition, cast, case.at)
    given = Response.objects.select_related("petition").get()
    assert response_withdrawal_refusal(given, None, case.at, by_link=True) is None
    given.petition.status = Status.LEVEL1
    refused = response_withdrawal_refusal(given, None, case.at, by_link=True)
    assert refused is not None
    assert "are closed" in str(refused)


def test_a_mail_says_where_the_site_is(settings: Settings, cast: dict[str, User]) -> None:
    told = Notification(
        to="reader@example.test", template="general", subject="Filed", context={}, created_at=cast["admin"].date_joined
    )
    assert settings.BASE_URL in as_email(told).body
