"""What is asked for because something is confidential, its ground and its public summary, stands in the public copy."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from exclusions.actions.filing.responses import confirm_response, post_response, respond
from exclusions.actions.record.files import Upload
from exclusions.facts.forms import petition_form, response_form
from exclusions.models import Petition, PublicPetition, PublicResponse, User
from exclusions.workflow.states import Status
from tests.factories.answers import RESPONSE_ANSWERS
from tests.factories.world import token_of

pytestmark = pytest.mark.django_db

SUMMARY = "How many lines run, and when."
CONFIDENTIAL = {
    "confidential_documents_ground": "trade_secret",
    "confidential_documents_summary": SUMMARY,
    "certify_confidential": "yes",
}


def test_a_petition_is_published_as_its_filer_and_the_clerk_saw_it(
    petition_in: Callable[[Status], Petition], client: Client
) -> None:
    posted = petition_in(Status.POSTED)
    answers = posted.versions.latest("number").answers
    seen = {row.key for row in petition_form(posted.round).printed(answers, public_only=True)}
    published = {row["key"] for row in PublicPetition.objects.get(reference=posted.reference).answers}
    assert published == seen
    assert {"sourcing_attempts_ground", "sourcing_attempts_summary"} <= published
    page = client.get(f"/docket/{posted.reference}/").content.decode()
    assert "Publishing it would endanger our profitability" in page
    assert str(answers["sourcing_attempts"]) not in page


def test_a_response_is_published_with_the_summary_of_its_confidential_files(
    petition_in: Callable[[Status], Petition], intake: User, client: Client
) -> None:
    posted = petition_in(Status.POSTED)
    assert posted.reference
    assert posted.posted_at
    at = posted.posted_at + timedelta(hours=1)
    given = respond(
        reference=posted.reference,
        answers={**RESPONSE_ANSWERS, **CONFIDENTIAL},
        uploads={"confidential_documents": [Upload("plan.txt", b"Two lines run at night.\n")]},
        by=None,
        at=at,
    )
    posted_one = post_response(confirm_response(token=token_of(given), at=at), by=intake, at=at)
    seen = {row.key for row in response_form(posted.round).printed(posted_one.answers, public_only=True)}
    published = {row["key"] for row in PublicResponse.objects.get(reference=posted_one.reference).answers}
    assert published == seen
    assert set(CONFIDENTIAL) <= published
    page = client.get(f"/docket/{posted.reference}/").content.decode()
    assert SUMMARY in page
    assert "plan.txt" not in page
