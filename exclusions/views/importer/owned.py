"""Opening a petition of one's own: who may work on it is asked here, for every page of it."""

from collections.abc import Sequence
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404

from exclusions.models import Petition
from exclusions.permissions import Standing
from exclusions.queries.importer import petitions as queries
from exclusions.views.core.clock import moment
from exclusions.views.core.posted_fields import sent_number
from exclusions.views.core.signed_in import SignedInRequest


def owned_petition(request: SignedInRequest, petition_id: UUID, parties: Sequence[str] = queries.PARTIES) -> Petition:
    """Return a petition that the person may work on; for everybody else there is none, and the page is a 404.

    `parties` are read with it: none for a request that shows no name. A firm whose authorization has lapsed is told so
    (403): it knows the petition, having begun it.
    """
    return owned_with_standing(request, petition_id, parties)[0]


def owned_with_standing(
    request: SignedInRequest, petition_id: UUID, parties: Sequence[str] = queries.PARTIES
) -> tuple[Petition, Standing]:
    """Return the petition as `owned_petition` does, and what the person is to it, for pages that ask for that again."""
    at = moment(request)
    owned = queries.owned(request.user, petition_id, at, parties)
    if owned is not None:
        return owned
    if reason := queries.lapse_refusal_of(request.user, petition_id, at):
        raise PermissionDenied(reason)
    raise Http404


def sent_revision(request: SignedInRequest) -> int | None:
    """Return the revision of the petition that the page was made from, or None when the form does not say."""
    return sent_number(request, "revision")
