"""What becomes public of one thing, as an Atom feed for anybody: the other way to watch it, without an address."""

from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from exclusions.queries.public.news import News, news
from exclusions.queries.public.watched import NotWatchable, Watched, watched
from exclusions.views.frame.moment import moment

NEWEST = 50
Followed = tuple[Watched, list[News]]


class WatchFeed(Feed):  # type: ignore[type-arg]
    """The 50 newest facts of what the query string names: `kind` and `key`, as on the page of watching."""

    feed_type = Atom1Feed
    author_name = "Tradecases, tariff exclusion petitions"

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Followed:
        """Find the thing and its news; 404 with a sentence where there is none of the name."""
        try:
            thing = watched(request.GET.get("kind", "number"), request.GET.get("key", "")[:300])
        except NotWatchable as error:
            raise Http404(str(error)) from error
        return thing, news(thing.kind, [thing.key], since=None, at=moment(request))[thing.key][:NEWEST]

    def title(self, obj: Followed) -> str:
        """What is followed."""
        title = obj[0].title
        return f"{title[:1].upper()}{title[1:]}: what becomes public"

    def subtitle(self, obj: Followed) -> str:
        """What the entries are."""
        return "News about petitions, responses, decisions, exclusions and orders"

    def link(self, obj: Followed) -> str:
        """The page of the thing."""
        return obj[0].url

    def feed_url(self, obj: Followed) -> str:
        """This very feed."""
        return f"{reverse('watch-feed')}?{obj[0].query}"

    def feed_guid(self, obj: Followed) -> str:
        """A name that no other feed has."""
        return f"tag:tradecases,2026:watch:{obj[0].kind}:{obj[0].key}"

    def items(self, obj: Followed) -> list[News]:
        """The entries, newest first."""
        return obj[1]

    def item_title(self, item: Any) -> str:
        """The headline."""
        return str(item.title)

    def item_description(self, item: Any) -> str:
        """The sentence more."""
        return str(item.text)

    def item_link(self, item: Any) -> str:
        """The page on which it stands."""
        return str(item.url)

    def item_guid(self, item: Any) -> str:
        """The fact's own name."""
        return f"tag:tradecases,2026:{item.fact.replace(' ', '-')}"

    def item_pubdate(self, item: Any) -> datetime:
        """The moment it belongs to."""
        moment: datetime = item.at
        return moment

    item_updateddate = item_pubdate
