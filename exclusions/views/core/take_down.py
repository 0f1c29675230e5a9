"""The page on which a public thing of a case is taken down: the same for its owners, for responders and for staff."""

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from exclusions.actions.record import quarantine as actions
from exclusions.actions.record.files import Upload
from exclusions.errors import Incomplete
from exclusions.forms.take_down import ReplaceForm, TakeDownForm
from exclusions.models import Petition, Quarantine
from exclusions.permissions import Standing
from exclusions.queries.record.quarantine import QuarantinePage, quarantine_page
from exclusions.views.core.clock import moment
from exclusions.views.core.refusals import Attempt, Pressed
from exclusions.views.core.signed_in import SignedInRequest


def take_down_page(request: SignedInRequest, petition: Petition, standing: Standing, *, staff: bool) -> HttpResponse:
    """Show owners or staff what can be taken down and what is down, and take down what was chosen.

    `standing` is what the person is to the petition.
    """

    def take_down(thing: str, ground: str, reason: str) -> Quarantine:
        """Take down as the signed-in person."""
        at = moment(request)
        return actions.take_down(petition, thing, ground=ground, reason=reason, by=request.user, at=at)

    page = quarantine_page(petition, request.user, moment(request), standing)
    context = {"petition": petition, "replace": ReplaceForm(), "staff": staff}
    return serve(request, page, take_down, back(petition, staff=staff), context)


def serve(
    request: HttpRequest,
    page: QuarantinePage,
    take_down: Callable[[str, str, str], Quarantine],
    done: HttpResponse,
    context: Mapping[str, object],
) -> HttpResponse:
    """Show a page of what can be taken down, and let `take_down` have what was chosen; `done` is where that leads."""
    sent = request.POST if request.method == "POST" else None
    form = TakeDownForm(sent, things=page.choices, initial={"thing": request.GET.get("thing", "")})
    attempt = Attempt(form)
    if request.method == "POST" and page.reasons:
        raise PermissionDenied(*page.reasons)
    if form.is_valid():
        with attempt:
            taken = take_down(*(form.cleaned_data[name] for name in ("thing", "ground", "reason")))
            messages.success(
                request,
                _("Taken down: %(what)s. We removed it from every public page, file and feed.") % {"what": taken.what},
            )
            return done
    return render(request, "core/take_down.html", {**context, "page": page, "form": form}, status=attempt.status)


def back(petition: Petition, *, staff: bool) -> HttpResponseRedirect:
    """Go back to that page."""
    return redirect("case-quarantine", petition.reference) if staff else redirect("petition-quarantine", petition.pk)


def replace_file(request: SignedInRequest, taken: Quarantine, done: HttpResponseRedirect) -> HttpResponse:
    """Take the corrected file that was sent for one that was taken down, and say on the next page how that went."""
    form = ReplaceForm(request.POST, request.FILES)
    pressed = Pressed(request)
    with pressed:
        if not form.is_valid():
            raise Incomplete("Choose the corrected file.")
        actions.replace_document(
            taken, Upload.from_browser(form.cleaned_data["file"]), by=request.user, at=moment(request)
        )
        words = "We received the corrected file. It becomes public after the agency reviews it."
        messages.success(request, words)
    return pressed.answer(done)
