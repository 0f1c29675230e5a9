"""Like rows of a bulk sheet: those that may be one petition, and those that repeat what is on file. Advice alone."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from exclusions.queries.importer.bulk_rows import likes as queries
from exclusions.views.core.signed_in import SignedInRequest, signed_in
from exclusions.views.importer.bulk_owned import owned_sheet

PER_PAGE, REPEATS = 10, 25


@signed_in
@require_safe
def likes(request: SignedInRequest, sheet_id: UUID) -> HttpResponse:
    """List the rows that are alike, with the answers in which they differ, and those that repeat what is on file."""
    opened = owned_sheet(request, sheet_id)
    page = Paginator(queries.like_groups(opened), PER_PAGE).get_page(request.GET.get("page"))
    repeats = Paginator(queries.rows_with_repeats(opened), REPEATS).get_page(request.GET.get("repeats"))
    context = {
        "sheet": opened,
        "page": page,
        "groups": queries.shown_likes(opened, list(page)),
        "repeats": repeats,
        "trail": [
            (reverse("petitions"), _("My petitions")),
            (reverse("bulk-sheets"), _("Bulk sheets")),
            (reverse("bulk-sheet", args=[opened.pk]), _("Sheet")),
        ],
    }
    return render(request, "importer/bulk_rows/likes/likes.html", context)
