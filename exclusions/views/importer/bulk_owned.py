"""Opening a bulk sheet of one's own: who may work on it is asked here, for every page of it."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404

from exclusions.models import BulkSheet
from exclusions.queries.importer import bulk_sheets as queries
from exclusions.views.core.clock import moment
from exclusions.views.core.signed_in import SignedInRequest
from exclusions.workflow.roles import Role


def owned_sheet(request: SignedInRequest, sheet_id: UUID) -> BulkSheet:
    """Return a sheet that the person may work on; for everybody else there is none, and the page is a 404."""
    return owned_with_role(request, sheet_id)[0]


def owned_with_role(request: SignedInRequest, sheet_id: UUID) -> tuple[BulkSheet, Role]:
    """Return the sheet as `owned_sheet` does, and the person's part in it.

    A firm whose authorization has lapsed is told so (403): it knows the sheet, having begun it.
    """
    at = moment(request)
    owned = queries.owned(request.user, sheet_id, at)
    if owned is not None:
        return owned
    if reason := queries.lapse_refusal_of(request.user, sheet_id, at):
        raise PermissionDenied(reason)
    raise Http404
