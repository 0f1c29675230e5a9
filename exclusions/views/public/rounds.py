"""The pages of the rounds: which are open, and the rules of one."""

from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from exclusions.queries.public.round_facts import NewestOrder, all_rounds, newest_orders, round_facts
from exclusions.queries.public.round_versions import versions
from exclusions.views.frame.moment import moment


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


class OrdersFeed(Feed):  # type: ignore[type-arg]
    """What was ordered about rounds, newest first, as an Atom feed: pauses, extensions, going on."""

    feed_type = Atom1Feed
    title = "Orders about rounds of tariff exclusion petitions"
    subtitle = "Pauses and extensions of rounds, as they are ordered"

    def link(self) -> str:
        """The list of rounds."""
        return reverse("rounds")

    def items(self) -> list[NewestOrder]:
        """The 50 newest orders."""
        return newest_orders()

    def item_title(self, item: Any) -> str:
        """The round and what was ordered."""
        return f"{item.title}: {item.order.get_kind_display().lower()}"

    def item_description(self, item: Any) -> str:
        """The reason, with the citation."""
        return f"{item.order.reason} ({item.order.citation})"

    def item_pubdate(self, item: Any) -> datetime:
        """The moment of the order."""
        moment: datetime = item.order.given_at
        return moment

    def item_guid(self, item: Any) -> str:
        """A name that no other order has."""
        return f"{reverse('round', args=[item.order.slug])}#order-{item.order.pk}"

    item_updateddate = item_pubdate

    def item_link(self, item: Any) -> str:
        """The round's page, where the order stands."""
        return f"{reverse('round', args=[item.order.slug])}#orders"
