"""What becomes public of one thing, as an Atom feed for anybody: the other way to watch it, without an address."""

from datetime import datetime
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import conditional_page, require_safe

from exclusions.queries.public.watches.news import News, news
from exclusions.queries.public.watches.watched import NotWatchable, Watched, watched
from exclusions.views.core.clock import moment
from exclusions.views.public.atom import AtomFeed, Page, absolute, asking, numbered, tag


class Followed(NamedTuple):
    """A thing, and the page of its news."""

    thing: Watched
    page: Page


@method_decorator([require_safe, conditional_page], name="__call__")
class WatchFeed(AtomFeed):
    """The facts of what the query string names, newest first: `kind` and `key`, as on the page of watching."""

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Followed:
        """Find the thing and its news; 404 with a sentence where there is none of the name. Raises BadRequest."""
        try:
            thing = watched(request.GET.get("kind", "number"), request.GET.get("key", "")[:300])
        except NotWatchable as error:
            raise Http404(str(error)) from error
        told = news(thing.kind, [thing.key], since=None, at=moment(request))[thing.key]
        return Followed(thing, numbered(request, told))

    def page_of(self, thing: Followed) -> Page:
        """Return the page."""
        return thing.page

    def address_of(self, thing: Followed, **place: Any) -> str:
        """Return the feed's address."""
        return absolute(asking(f"{reverse('watch-feed')}?{thing.thing.query}", place))

    def title(self, obj: Followed) -> str:
        """Return what is followed."""
        title = obj.thing.title
        return f"{title[:1].upper()}{title[1:]}: what becomes public"

    def subtitle(self, obj: Followed) -> str:
        """Return what the entries are."""
        return "News about petitions, responses, decisions, exclusions and orders"

    def link(self, obj: Followed) -> str:
        """Return the page of the thing."""
        return absolute(obj.thing.url)

    def feed_url(self, obj: Followed) -> str:
        """This very feed."""
        return self.address_of(obj, **obj.page.here)

    def feed_guid(self, obj: Followed) -> str:
        """Return a name that no other feed has."""
        return tag(f"watch:{obj.thing.kind}:{obj.thing.key}")

    def item_title(self, item: News) -> str:
        """Return the headline."""
        return item.title

    def item_words(self, item: News) -> str:
        """Return the sentence more."""
        return item.text

    def item_link(self, item: News) -> str:
        """Return the page on which it stands."""
        return absolute(item.url)

    def item_guid(self, item: News) -> str:
        """Return the fact's own name."""
        return tag(item.fact.replace(" ", "-"))

    def item_pubdate(self, item: News) -> datetime:
        """Return the moment it belongs to."""
        return item.at

    def item_updateddate(self, item: News) -> datetime:
        """Return the same: a fact is told once."""
        return item.at
