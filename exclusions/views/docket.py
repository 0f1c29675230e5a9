"""The public docket: the list, one petition, its public files. Reads the public tables only."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from exclusions.forms.docket import DocketFilter
from exclusions.gateways import object_store
from exclusions.models import PublicDocument, PublicPetition
from exclusions.queries import docket
from exclusions.workflow.states import Stage


@require_safe
def docket_list(request: HttpRequest) -> HttpResponse:
    """Show the posted petitions, newest first, filtered by the query string, 25 a page."""
    chosen = DocketFilter(request.GET, PublicPetition.objects.all())
    rows = chosen.qs if chosen.form.is_valid() else PublicPetition.objects.none()
    filters = docket.key_of(chosen.chosen)
    page = docket.docket_page(rows, request.GET.get("page"), filters, docket.version())
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "filter": chosen,
        "page": page,
        "dockets": docket.dockets(),
        "stages": Stage.choices,
        "more": bool(set(chosen.chosen) - {"q", "hts"}),
        "query": f"?{query.urlencode()}" if query else "",
    }
    return render(request, "docket/list.html", context)


@require_safe
def docket_petition(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one posted petition: facts, deadlines, answers, responses and replies, and the decision."""
    now = timezone.now()
    found = docket.petition_page(reference, now)
    if found is None:
        raise Http404
    return render(request, "docket/petition.html", {"found": found, "petition": found.petition, "now": now})


@require_safe
def docket_document(request: HttpRequest, reference: str, key: str) -> HttpResponseBase:
    """Send a public file of a posted petition as a download, under the type that its content has."""
    document = get_object_or_404(PublicDocument, petition__reference=reference, key=key)
    response = FileResponse(
        object_store.open_file(document.storage_key),
        as_attachment=True,
        filename=document.file_name,
        content_type=document.content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response
