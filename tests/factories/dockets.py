"""Posted petitions and responses, put straight into their state, for tests of what happens afterwards."""

from datetime import datetime

from exclusions.models import Petition, Response, Round, User
from exclusions.queries.public.rounds import reply_deadline, response_deadline
from exclusions.workflow.states import Status
from tests.factories.facts import make_round
from tests.factories.people import make_organization, make_person


def make_posted(posted: datetime, *, reference: str = "USTR-2019-0005-000001", round: Round | None = None) -> Petition:
    """Return a petition of Meadowlark that was posted then, with the response deadline of its round."""
    round = round or Round.objects.filter(slug="list-3").first() or make_round()
    organization = make_organization("Meadowlark Infant Care LLC")
    filer = User.objects.filter(full_name="Petra Poster").first()
    return Petition.objects.create(
        reference=reference,
        round=round,
        organization=organization,
        filed_by=filer or make_person("Petra Poster", organization=organization),
        status=Status.POSTED,
        hts10="6810990010",
        product_name="Quartz slabs",
        created_at=posted,
        updated_at=posted,
        status_since=posted,
        submitted_at=posted,
        posted_at=posted,
        response_closes_at=response_deadline(round, posted),
    )


def make_response(petition: Petition, posted: datetime | None, *, number: int = 1) -> Response:
    """Return a response to the petition; posted then, with its reply deadline, or still to be posted."""
    at = posted or petition.posted_at
    assert at is not None
    closes = None
    if posted is not None:
        assert petition.response_closes_at is not None
        closes = reply_deadline(petition.round, petition.response_closes_at, posted)
    return Response.objects.create(
        petition=petition,
        reference=f"{petition.reference}-R{number:03d}" if posted else None,
        status=Response.Status.POSTED if posted else Response.Status.SUBMITTED,
        position=Response.Position.OPPOSE,
        organization_name="Granite Coast Surfaces",
        email="lou.responder@example.test",
        confirmation_digest=f"{petition.pk.hex}{number}"[:64],
        created_at=at,
        confirmed_at=at,
        posted_at=posted,
        posted_by=petition.filed_by if posted else None,
        reply_closes_at=closes,
    )
