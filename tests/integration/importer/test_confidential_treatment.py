"""Intake sees what public answers and files give away, and may refuse confidential treatment; the filer then acts."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from exclusions.actions.filing import confidentiality, documents, petitions
from exclusions.actions.filing.documents import Upload
from exclusions.actions.review import intake
from exclusions.errors import Incomplete, NotPermitted, WrongState
from exclusions.models import ConfidentialityRefusal, Event, Notification, Petition, User
from exclusions.permissions.filing import remarks
from exclusions.queries.importer.filing import working_version
from tests.conftest import Clock
from tests.factories.answers import CERTIFIED
from tests.factories.files import pdf
from tests.factories.petitions import Journey

pytestmark = pytest.mark.django_db
KEY, REASON = "sourcing_attempts", "What a public price list says is no secret."


@pytest.fixture
def submitted(journey: Callable[..., Journey], importer: User) -> Journey:
    case = journey()
    spec = pdf("Slabs bought for $7.07 million", black_box=True)
    documents.attach(case.petition, "public_documents", Upload("spec.pdf", spec), by=importer, at=case.at)
    (leak,) = [r for r in remarks(case.petition, working_version(case.petition).answers, case.at) if r.leak]
    confidentiality.settle_leak(
        case.petition, leak.leak, statement="Our annual report says it.", by=importer, at=case.at
    )
    case.take("submit")
    return case


def refuse(case: Journey, by: User) -> ConfidentialityRefusal:
    return confidentiality.refuse_confidentiality(case.petition, KEY, reason=REASON, by=by, at=case.at)


def test_the_clerk_sees_each_hit_beside_its_source_with_the_filers_statement(
    submitted: Journey, intake: User, client: Client, clock: Clock
) -> None:
    client.force_login(intake)
    page = client.get(reverse("case-post", args=[submitted.petition.reference])).content.decode()
    for words in (
        "spec.pdf (its text)",
        "Purchases of the product",
        "Our annual report says it.",
        "What stays confidential",
    ):
        assert words in page


def test_a_refusal_is_recorded_told_without_the_matter_and_stops_the_posting(
    submitted: Journey, cast: dict[str, User], client: Client, clock: Clock
) -> None:
    client.force_login(cast["intake"])
    url = reverse("case-refuse-confidentiality", args=[submitted.petition.reference])
    client.post(url, {"question": KEY, "reason": REASON})
    assert ConfidentialityRefusal.objects.get().reason == REASON
    assert Event.objects.get(kind="refuse_confidentiality").data == {"question": KEY}
    mail = Notification.objects.latest("pk")
    assert mail.to == cast["importer"].email
    assert REASON not in str(mail.context)
    with pytest.raises(Incomplete, match="Return the petition"):
        intake.post_petition(submitted.petition, screened=True, by=cast["intake"], at=submitted.at)


def _returned(case: Journey, clerk: User) -> Petition:
    refuse(case, clerk)
    return case.take("return")


def _again(case: Journey, importer: User) -> Petition:
    return petitions.submit(case.petition, by=importer, at=case.at, certified=CERTIFIED, unchanged=True)


def test_the_filer_replaces_the_answer(submitted: Journey, cast: dict[str, User]) -> None:
    petition = _returned(submitted, cast["intake"])
    with pytest.raises(Incomplete, match="refused confidential treatment"):
        _again(submitted, cast["importer"])
    petitions.save_answers(
        petition, by=cast["importer"], at=submitted.at, answers={KEY: "Two firms were asked in vain."}
    )
    assert _again(submitted, cast["importer"]).status == "submitted"
    submitted.petition.refresh_from_db()
    assert (
        intake.post_petition(submitted.petition, screened=True, by=cast["intake"], at=submitted.at).status == "posted"
    )


def test_the_filer_discloses_it_in_a_public_answer_and_says_so(submitted: Journey, cast: dict[str, User]) -> None:
    petition = _returned(submitted, cast["intake"])
    for _ in range(3):
        said = remarks(petition, working_version(petition).answers, submitted.at)
        for remark in (r for r in said if r.leak):
            confidentiality.settle_leak(
                petition, remark.leak, statement="Everyone may read it.", by=cast["importer"], at=submitted.at
            )
        petitions.save_answers(
            petition, by=cast["importer"], at=submitted.at, answers={"more": "Hidden Supplier Works quoted in May."}
        )
    assert _again(submitted, cast["importer"]).status == "submitted"


def test_only_intake_refuses_with_a_reason_before_posting(submitted: Journey, cast: dict[str, User]) -> None:
    with pytest.raises(NotPermitted):
        refuse(submitted, cast["reviewer1"])
    with pytest.raises(Incomplete):
        confidentiality.refuse_confidentiality(submitted.petition, KEY, reason=" ", by=cast["intake"], at=submitted.at)
    with pytest.raises(Incomplete):
        confidentiality.refuse_confidentiality(
            submitted.petition, "more", reason="It is public elsewhere.", by=cast["intake"], at=submitted.at
        )
    submitted.take("post")
    with pytest.raises(WrongState):
        refuse(submitted, cast["intake"])


def test_a_confidential_answer_needs_a_ground(journey: Callable[..., Journey], importer: User) -> None:
    case = journey()
    petitions.save_answers(case.petition, by=importer, at=case.at, answers={"sourcing_attempts_ground": ""})
    with pytest.raises(Incomplete, match="is confidential"):
        case.take("submit")
