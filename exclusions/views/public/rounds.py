"""The pages of the rounds: which are open, and the rules of one."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import conditional_page, require_safe

from exclusions.queries.public.round_facts import NewestOrder, all_rounds, newest_orders, round_facts
from exclusions.queries.public.round_versions import versions
from exclusions.views.core.clock import moment
from exclusions.views.public.atom import AtomFeed, Page, absolute, asking, numbered, tag


@require_safe
def rounds(request: HttpRequest) -> HttpResponse:
    """Show every round: those open now first, then those to come, then the closed ones."""
    now = moment(request)
    return render(request, "public/rounds/list.html", {"rounds": all_rounds(now), "now": now})


@require_safe
def one_round(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one round: window, clocks, term of its exclusions, forms and legal factors."""
    now = moment(request)
    facts = round_facts(slug, now)
    if facts is None:
        raise Http404
    return render(request, "public/rounds/round.html", {"facts": facts, "round": facts.round, "now": now})


@require_safe
def round_versions(request: HttpRequest, slug: str) -> HttpResponse:
    """Show every version of a round, with what each changed, when, why and by which authority."""
    found = versions(slug)
    if not found:
        raise Http404
    return render(request, "public/rounds/versions.html", {"versions": found, "round": found[0].round})


@method_decorator([require_safe, conditional_page], name="__call__")
class OrdersFeed(AtomFeed):
    """What was ordered about rounds, newest first, as an Atom feed: pauses, extensions, going on."""

    title = "Orders about rounds of tariff exclusion petitions"
    subtitle = "Pauses and extensions of rounds, as they are ordered"

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Page:
        """Find the page that is asked for. Raises BadRequest."""
        return numbered(request, newest_orders())

    def page_of(self, thing: Page) -> Page:
        """Return the page."""
        return thing

    def address_of(self, thing: Page, **place: Any) -> str:
        """Return the feed's address."""
        return absolute(asking(reverse("rounds-feed"), place))

    def link(self, obj: Page) -> str:
        """Return the list of rounds."""
        return absolute(reverse("rounds"))

    def feed_url(self, obj: Page) -> str:
        """Its own address."""
        return self.address_of(obj, **obj.here)

    def feed_guid(self, obj: Page) -> str:
        """Return what names it."""
        return tag("orders")

    def item_title(self, item: NewestOrder) -> str:
        """Return the round and what was ordered."""
        return f"{item.title}: {item.order.get_kind_display().lower()}"

    def item_words(self, item: NewestOrder) -> str:
        """Return the reason, with the citation."""
        return f"{item.order.reason} ({item.order.citation})"

    def item_pubdate(self, item: NewestOrder) -> datetime:
        """Return the moment of the order."""
        return item.order.given_at

    def item_updateddate(self, item: NewestOrder) -> datetime:
        """Return the same: no order is ever changed."""
        return item.order.given_at

    def item_guid(self, item: NewestOrder) -> str:
        """Return a name that no other order has."""
        return absolute(f"{reverse('round', args=[item.order.slug])}#order-{item.order.pk}")

    def item_link(self, item: NewestOrder) -> str:
        """Return the round's page, where the order stands."""
        return absolute(f"{reverse('round', args=[item.order.slug])}#orders")
