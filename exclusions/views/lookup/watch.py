"""Watching a thing by e-mail without an account: asking, confirming, stopping."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from exclusions.actions.watching import change_rate, confirm_watch, find_watch, stop_watch, subscribe
from exclusions.forms.lookup.watch import RateForm, WatchForm, as_typed
from exclusions.gateways.mail_stop import read_watch_token
from exclusions.models import Subscription
from exclusions.queries.public.watches.news import news
from exclusions.queries.public.watches.watched import KINDS, NotWatchable, Watched, number_remark, watched
from exclusions.views.core.clock import moment
from exclusions.views.core.middleware.no_store import secret_link
from exclusions.views.core.rate_limit import count, counted
from exclusions.views.core.sender import network
from exclusions.workflow.deadlines import eastern_date

ASKED_AN_HOUR = 20
MAILS_AN_HOUR = 5  # to one address, whoever asks; the page does not say that it was reached
SHOWN = 10
TOO_MANY = "Your network asked too often this hour. Wait an hour and try again, or use the feed."


@require_http_methods(["GET", "HEAD", "POST"])
def watch(request: HttpRequest) -> HttpResponse:
    """Take the wish to be mailed of a thing; show its feed and what was new of it. The query string names it."""
    asked = {name: request.GET.get(name, "")[:300] for name in ("kind", "key")}
    thing, remark = _named(asked["kind"], asked["key"]) if asked["key"] else (None, [])
    first = as_typed(asked["kind"] or "number", thing.key if thing and thing.kind == "words" else asked["key"])
    form, status = WatchForm(initial=first), 200
    if request.method == "POST":
        form, status = WatchForm(request.POST), 422
        if counted("watch", network(request)) >= ASKED_AN_HOUR:
            form.add_error(None, TOO_MANY)
            status = 429
        elif form.is_valid() and form.thing:
            count("watch", network(request), seconds=3600)
            _ask(form.thing, form.cleaned_data, request)
            if doubt := number_remark(form.thing, eastern_date(moment(request))):
                messages.warning(request, doubt)
            return redirect("watch-sent")
    thing, at = thing or form.thing, moment(request)
    known = news(thing.kind, [thing.key], since=None, at=at)[thing.key][:SHOWN] if thing else []
    doubt = number_remark(thing, eastern_date(at)) if thing else ""
    context = {"form": form, "thing": thing, "remark": remark, "doubt": doubt, "news": known}
    return render(request, "lookup/watch/watch.html", context, status=status)


def _named(kind: str, key: str) -> tuple[Watched | None, list[str]]:
    try:
        return watched(kind or "number", key), []
    except NotWatchable as error:
        return None, [str(error)]


def _ask(thing: Watched, asked: Mapping[str, str], request: HttpRequest) -> None:
    email = asked["email"]
    if count("watch-mail", email.strip().lower(), seconds=3600) <= MAILS_AN_HOUR:
        subscribe(thing, email=email, rate=asked["rate"], at=moment(request))


@never_cache
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """Say what to do next, in the same words whoever asked for whatever."""
    return render(request, "lookup/watch/sent.html", {"mails_an_hour": MAILS_AN_HOUR})


@secret_link
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show what is to be watched, and begin by the button: mail scanners follow links alone. Later: how often."""
    at = moment(request)
    found = find_watch(token, at=at)
    if found is None:
        if read_watch_token(token) is None:
            raise Http404
        return render(request, "lookup/watch/over.html", status=410)
    form = RateForm(request.POST or None, initial={"rate": found.rate})
    if request.method == "POST":
        if found.confirmed_at is None or "rate" not in request.POST:
            confirm_watch(token, at=at)
            return redirect("watch-confirm", token=token)
        if form.is_valid():
            change_rate(token, rate=form.cleaned_data["rate"], at=at)
            messages.success(request, _("Saved."))
            return redirect("watch-confirm", token=token)
    context = {"watch": found, "thing": _thing(found), "token": token, "form": form}
    return render(request, "lookup/watch/confirm.html", context, status=422 if form.is_bound else 200)


# A mail program posts here for its reader, without a cookie (RFC 8058); the signed link is what lets it.
@csrf_exempt
@secret_link
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop a watch, or all of the address: a person by a button, a mail program by its post. Reading stops nothing."""
    if read_watch_token(token) is None:
        raise Http404
    found = find_watch(token, at=moment(request))
    if request.method == "POST":
        stopped = stop_watch(token, everything=request.POST.get("verb") == "all")
        return render(request, "lookup/watch/stopped.html", {"stopped": stopped})
    if found is None:
        return render(request, "lookup/watch/stopped.html", {"stopped": 0})
    return render(request, "lookup/watch/stop.html", {"thing": _thing(found), "watch": found})


def _thing(found: Subscription) -> Watched:
    try:
        return watched(found.kind, found.key)
    except NotWatchable:  # it was taken down; who watches it may still stop
        return Watched(found.kind, found.key, f"{KINDS[found.kind]}: {found.key}", "")
