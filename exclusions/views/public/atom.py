"""What the Atom feeds have in common (RFC 4287): names and addresses that never hang on who asks, and pages (RFC 5005).

A feed changes when what it tells of changes, and never because it was asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import quote, urlencode

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.xmlutils import SimplerXMLGenerator

from exclusions.days import EASTERN
from exclusions.wording.unprintable import printable

A_PAGE: Final = 50  # entries
PLAIN: Final = "text/plain; charset=utf-8"
BEGINNING: Final = datetime(2018, 7, 6, tzinfo=EASTERN)  # the first day of the duty: of a feed that has told nothing
IN_A_TAG: Final = "/?:@!$&'()*+,;=~-._"  # signs that a tag may hold as they are (RFC 4151 and 3986)


@dataclass(frozen=True)
class Page:
    """A page of a feed: its entries, and what asks for the one after, the one before and itself; empty: there is none,
    or it is the first."""

    items: Sequence[Any]
    next: dict[str, Any]
    previous: dict[str, Any]
    here: dict[str, Any]


def numbered(request: HttpRequest, items: Sequence[Any]) -> Page:
    """Return the page that `page` asks for, the first without it. Raises BadRequest with a sentence."""
    text, last = request.GET.get("page", "1"), max(-(-len(items) // A_PAGE), 1)
    if not (text.isascii() and text.isdigit() and len(text) < 7 and 1 <= int(text) <= last):
        raise BadRequest(f"page: choose a whole number from 1 to {last}. The feed has no other pages.")
    number = int(text)
    return Page(
        items[(number - 1) * A_PAGE : number * A_PAGE],
        {"page": number + 1} if number < last else {},
        {"page": number - 1} if number > 1 else {},
        {"page": number} if number > 1 else {},
    )


def tag(name: str) -> str:
    """Return a name that nothing else has and that never changes, of text that says what is named (RFC 4151)."""
    return f"tag:tradecases,2026:{quote(name, safe=IN_A_TAG)}"


class Paged(Atom1Feed):
    """Atom with the addresses of the pages around this one."""

    def __init__(self, *texts: Any, **named: Any) -> None:
        """Take what Django's takes, without what XML cannot hold: tables of earlier versions have some of it."""
        super().__init__(*map(_printable, texts), **{name: _printable(value) for name, value in named.items()})

    def add_item(self, *texts: Any, **named: Any) -> None:
        """Add an entry, likewise."""
        super().add_item(*map(_printable, texts), **{name: _printable(value) for name, value in named.items()})

    def latest_post_date(self) -> datetime:
        """Return the moment of the latest entry; of a feed without one a moment that stays."""
        latest: datetime = super().latest_post_date() if self.items else BEGINNING
        return latest

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        """Add the links."""
        super().add_root_elements(handler)
        for relation, address in self.feed["pages"].items():
            handler.addQuickElement("link", "", {"rel": relation, "href": address})


class AtomFeed(Feed):  # type: ignore[type-arg]
    """A feed of our own: what is asked and cannot be told is answered 400 with the sentence that says why."""

    feed_type = Paged
    author_name = "Tradecases, tariff exclusion petitions"

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer with the feed."""
        try:
            answer = super().__call__(request, *args, **kwargs)
        except BadRequest as error:
            return HttpResponse(str(error), status=400, content_type=PLAIN)
        del answer["Last-Modified"]  # an entry that was taken down is newer than the latest one that is left
        return answer

    def page_of(self, thing: Any) -> Page:
        """Return the page that was asked for."""
        raise NotImplementedError

    def address_of(self, thing: Any, **place: Any) -> str:
        """Return the feed's own address, at a place in it."""
        raise NotImplementedError

    def items(self, thing: Any) -> Sequence[Any]:
        """Return the entries of the page."""
        return self.page_of(thing).items

    def feed_extra_kwargs(self, obj: Any) -> dict[str, Any]:
        """Return the addresses of the pages around this one."""
        page = self.page_of(obj)
        around = {"first": {}, "next": page.next, "previous": page.previous}
        if not page.next and not page.previous:
            return {"pages": {}}
        asked = {relation: place for relation, place in around.items() if place or relation == "first"}
        return {"pages": {name: self.address_of(obj, **place) for name, place in asked.items()}}

    def item_title(self, item: Any) -> str:
        """Return the headline."""
        raise NotImplementedError

    def item_words(self, item: Any) -> str:
        """Return the sentence more, as plain text."""
        raise NotImplementedError

    def item_description(self, item: Any) -> str:
        """Return the same as the feed sends it, which says that it is HTML."""
        return escape(self.item_words(item))

    def item_guid(self, item: Any) -> str:
        """Return the entry's name: its address, whichever name of this site somebody asked by."""
        return str(self.item_link(item))


def _printable(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_printable(one) for one in value]
    return printable(value) if isinstance(value, str) else value


def absolute(path: str) -> str:
    """Return a path of this site as a whole address."""
    return f"{settings.BASE_URL}{path}"


def asking(path: str, *questions: dict[str, Any]) -> str:
    """Return a path with what is asked of it."""
    asked = urlencode({name: value for one in questions for name, value in one.items()})
    return f"{path}{'&' if '?' in path else '?'}{asked}" if asked else path
