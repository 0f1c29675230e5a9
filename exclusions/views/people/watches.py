"""What a person watches by their confirmed addresses: listed, begun, stopped, and what was posted to a webhook."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exclusions.actions.own_watches import drop_watch, keep_own
from exclusions.forms.people.own_watch import OwnWatchForm
from exclusions.models import Subscription
from exclusions.queries.people import own_watches as queries
from exclusions.queries.public.watches.watched import number_remark
from exclusions.views.core.clock import moment
from exclusions.views.core.refusals import Attempt
from exclusions.views.core.signed_in import SignedInRequest, signed_in
from exclusions.workflow.deadlines import eastern_date

PER_PAGE = 50
UNCONFIRMED = "You have not confirmed an e-mail address. Confirm one under “E-mail addresses”, then come back."


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def watches(request: SignedInRequest) -> HttpResponse:
    """List the person's watches, and begin one; the secret of a new webhook is shown by this answer alone."""
    addresses = queries.addresses_of(request.user)
    form, secret = OwnWatchForm(request.POST or None), ""
    attempt = Attempt(form)
    if form.is_valid():
        if not addresses:
            form.add_error(None, UNCONFIRMED)
        else:
            with attempt:
                secret = _begun(request, form, addresses[0])
                if not secret:
                    return redirect("own-watches")
                form = OwnWatchForm()
    page = Paginator(queries.watches_at(addresses), PER_PAGE).get_page(request.GET.get("page"))
    listed = [queries.Listed(watch) for watch in page.object_list]
    context = {"form": form, "secret": secret, "page": page, "listed": listed}
    return render(request, "people/watches/watches.html", context, status=attempt.status)


def _begun(request: SignedInRequest, form: OwnWatchForm, address: str) -> str:
    """Begin the watch that a valid form asks for; return the secret of a new webhook, else say it and return ""."""
    asked, at = form.cleaned_data, moment(request)
    assert form.thing is not None
    told = {"channel": asked["channel"], "url": asked["url"], "rate": asked["rate"]}
    kept = keep_own(form.thing, email=address, **told, at=at)
    if doubt := number_remark(form.thing, eastern_date(at)):
        messages.warning(request, doubt)
    if not kept.secret:
        said = _("You watch %(title)s.") if kept.new else _("You already watch %(title)s. Nothing changed.")
        messages.success(request, said % {"title": form.thing.title})
    return kept.secret


@signed_in
@require_safe
def deliveries(request: SignedInRequest, key: int) -> HttpResponse:
    """Show what was posted to one of the person's webhooks; 404 for any other watch, and for somebody else's."""
    own = queries.watches_at(queries.addresses_of(request.user)).filter(pk=key, channel=Subscription.Channel.WEBHOOK)
    watch = own.order_by("pk").first()
    if watch is None:
        raise Http404
    page = Paginator(queries.deliveries_of(own), PER_PAGE).get_page(request.GET.get("page"))
    rows = [queries.posted(delivery) for delivery in page.object_list]
    trail = [(reverse("own-watches"), "What you watch")]
    context = {"trail": trail, "one": queries.Listed(watch), "page": page, "rows": rows}
    return render(request, "people/watches/deliveries.html", context)


@signed_in
@require_POST
def stop(request: SignedInRequest, key: int) -> HttpResponse:
    """Stop one of the person's watches; 404 where there is none."""
    if not drop_watch(key, emails=queries.addresses_of(request.user)):
        raise Http404
    messages.success(request, _("You no longer watch it. We deleted the watch."))
    return redirect("own-watches")
