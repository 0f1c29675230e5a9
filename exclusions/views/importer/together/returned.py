"""Returned petitions of a person, certified once and filed again together."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from exclusions.actions.bulk_sheets.resubmitting import Given, resubmit_many
from exclusions.facts.forms import petition_form
from exclusions.forms.many_together import ResubmitForm
from exclusions.queries.importer import many_waiting
from exclusions.views.core.clock import moment
from exclusions.views.core.refusals import Attempt
from exclusions.views.core.signed_in import SignedInRequest, signed_in

PER_PAGE = 25  # petitions of one certificate: each is shown with its public version


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def returned(request: SignedInRequest) -> HttpResponse:
    """Show the returned petitions of a round with their public versions, and file those chosen again."""
    at = moment(request)
    rounds = many_waiting.returned_rounds(request.user, at)
    slugs = [slug for slug, _title in rounds]
    slug = request.GET.get("round", "") if request.GET.get("round", "") in slugs else next(iter(slugs), "")
    waiting = Paginator(many_waiting.to_resubmit(request.user, at, slug), PER_PAGE)
    page = waiting.get_page(request.GET.get("page"))
    shown = many_waiting.shown_to_resubmit(page)
    round = many_waiting.round_of(one.petition for one in shown)
    sent = request.POST if request.method == "POST" else None
    form = ResubmitForm(sent, questionnaire=petition_form(round)) if round else None
    attempt = Attempt(form)
    if sent is not None and (form is None or form.is_valid()):
        with attempt:
            done = resubmit_many(_seen(request), given=_given(form), by=request.user, at=at)
            said = ngettext("%(done)s petition was submitted again.", "%(done)s petitions were submitted again.", done)
            messages.success(request, said % {"done": done})
            return redirect("petitions-returned")
    context = {
        "form": form,
        "rounds": rounds,
        "slug": slug,
        "page": page,
        "waiting": shown,
        "ticked": set(request.POST.getlist("chosen")),
        "unchanged": any(one.unchanged for one in shown),
        "reasons": [] if form else attempt.reasons,
        "now": at,
        "trail": [(reverse("petitions"), _("My petitions"))],
    }
    return render(request, "importer/together/returned/returned.html", context, status=attempt.status)


def _seen(request: SignedInRequest) -> dict[UUID, str]:
    """Return the digests of the petitions that were chosen, as the page showed them; what is no petition's is not."""
    found = {}
    for value in request.POST.getlist("chosen"):
        key, _colon, digest = value.partition(":")
        try:
            found[UUID(key)] = digest
        except ValueError:
            continue
    return found


def _given(form: ResubmitForm | None) -> Given:
    if form is None:  # nothing waits any more: each that was chosen says so
        return Given({}, was_read=True)
    entered = form.cleaned_data
    return Given(dict.fromkeys(entered["certified"], "yes"), entered["was_read"], entered["unchanged"])
