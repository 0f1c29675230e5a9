"""One act on many of a person's petitions: withdrawn with one reason, or deleted as long as they are drafts."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from exclusions.actions.filing import many
from exclusions.forms.many_petitions import DELETE, ManyForm
from exclusions.queries.importer.own_list import still_open
from exclusions.views.core.clock import moment
from exclusions.views.core.refusals import Attempt
from exclusions.views.core.signed_in import SignedInRequest, signed_in


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def many_petitions(request: SignedInRequest) -> HttpResponse:
    """Show the petitions that may be withdrawn or deleted, a hundred a page, and do one act to those chosen."""
    at = moment(request)
    page = Paginator(still_open(request.user, at), many.MOST).get_page(request.GET.get("page"))
    petitions = list(page)
    form = ManyForm(request.POST if request.method == "POST" else None, petitions=petitions)
    attempt = Attempt(form)
    if request.method == "POST" and form.is_valid():
        with attempt:
            messages.success(request, _done(request, form))
            return redirect("petitions")
    context = {"form": form, "page": page, "any": bool(petitions), "trail": [(reverse("petitions"), _("My petitions"))]}
    return render(request, "importer/many/many.html", context, status=attempt.status)


def _done(request: SignedInRequest, form: ManyForm) -> str:
    """Do what the form says; return what was done, in words."""
    at, by = moment(request), request.user
    if form.cleaned_data["act"] == DELETE:
        done = many.delete_many(form.keys, by=by, at=at)
        return ngettext("%(done)s draft was deleted.", "%(done)s drafts were deleted.", done) % {"done": done}
    done = many.withdraw_many(form.keys, reason=form.cleaned_data["reason"], by=by, at=at)
    return ngettext("%(done)s petition was withdrawn.", "%(done)s petitions were withdrawn.", done) % {"done": done}
