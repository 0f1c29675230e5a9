"""One calendar of what is due of all petitions of a person: as a page, and as a file for calendars."""

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from exclusions.actions.record.addresses import TITLES, due_in_calendar
from exclusions.gateways.calendar_file import CONTENT_TYPE, FILE_NAME, as_calendar
from exclusions.models import Petition
from exclusions.queries.importer import own_calendar
from exclusions.views.core.clock import moment
from exclusions.views.core.signed_in import SignedInRequest, signed_in
from exclusions.views.importer.bulk_files import attachment

PER_PAGE = 100


def _due(request: SignedInRequest) -> list[own_calendar.Due]:
    at = moment(request)
    return own_calendar.own_calendar(Petition.objects.owned_by(request.user, at), at)


@signed_in
@require_safe
def calendar(request: SignedInRequest) -> HttpResponse:
    """List all deadlines to come of the person's petitions, the first on top."""
    page = Paginator(_due(request), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(due, TITLES[due.kind]) for due in page],
        "now": moment(request),
        "trail": [(reverse("petitions"), _("My petitions"))],
    }
    return render(request, "importer/own_calendar/calendar.html", context)


@signed_in
@require_safe
def calendar_file(request: SignedInRequest) -> HttpResponseBase:
    """Send the same as a calendar file: references and days, no word of what is in a petition."""
    found = [due_in_calendar(due.petition, due.reference, due.kind, due.due_at, of=due.of) for due in _due(request)]
    return attachment(as_calendar(found, made_at=moment(request)), FILE_NAME, f"{CONTENT_TYPE}; charset=utf-8")
