"""The docket as an Atom feed, with the list's filters: what was posted or changed, the latest first."""

from datetime import datetime, time
from typing import Any, NamedTuple

from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import condition, require_safe

from exclusions.days import EASTERN, in_full
from exclusions.forms.docket import DocketFilter
from exclusions.models.public import PublicPetition
from exclusions.queries.keyset import START, NotAPlace, Place, cut, from_text, to_text
from exclusions.queries.public import docket
from exclusions.views.core.clock import moment
from exclusions.views.public.atom import A_PAGE, AtomFeed, Page, absolute, asking, tag

LATEST_FIRST = ("-updated_at", "-reference")
NO_PLACE = "cursor: this feed did not give out this one. Begin with its first page, and follow its link “next”."
FIELDS = (
    "reference",
    "organization_name",
    "hts10",
    "product_name",
    "stage",
    "posted_on",
    "decided_on",
    "updated_at",
)


class Asked(NamedTuple):
    """The filters in use, and the page of what they leave."""

    chosen: DocketFilter
    page: Page


def _version(request: HttpRequest, *_: Any, **__: Any) -> str:
    """Return the tag of a feed: what is posted, and the filters."""
    return f'"{docket.version()}-{docket.key_of(request.GET.dict())}"'


def _changed(request: HttpRequest, *_: Any, **__: Any) -> datetime | None:
    """Return when the docket last changed."""
    return docket.last_changed(moment(request))


@method_decorator([require_safe, condition(_version, _changed)], name="__call__")
class DocketFeed(AtomFeed):
    """The posted petitions by when their public copies last changed, so that a decision rises to the top."""

    subtitle = "Petitions of the docket as they are posted, answered and decided"
    author_name = "Tariff exclusion docket"  # of each petition, the entry says who filed it

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Asked:
        """Read the filters and find the page. Raises BadRequest with the sentences that the list shows."""
        chosen = DocketFilter(request.GET, PublicPetition.objects.all())
        if chosen.sentences:
            raise BadRequest(" ".join(chosen.sentences))
        at, name = request.GET.get("cursor", ""), f"docket feed:{docket.key_of(chosen.chosen)}"
        try:
            found = cut(chosen.qs.only(*FIELDS), LATEST_FIRST, from_text(at, name) if at else START, A_PAGE)
        except NotAPlace as error:
            raise BadRequest(NO_PLACE) from error

        def place(there: Place | None) -> dict[str, Any]:
            return {"cursor": to_text(there, name)} if there else {}

        return Asked(chosen, Page(found.rows, place(found.next), place(found.previous), {"cursor": at} if at else {}))

    def page_of(self, thing: Asked) -> Page:
        """Return the page."""
        return thing.page

    def address_of(self, thing: Asked, **place: Any) -> str:
        """Return the feed's address with the filters."""
        return absolute(asking(reverse("docket-feed"), thing.chosen.chosen, place))

    def title(self, obj: Asked) -> str:
        """Return what it is a feed of, with the filters in words."""
        chosen = obj.chosen
        words = [f"{chosen.base_filters[name].label}: {value[:60]}" for name, value in chosen.chosen.items()]
        return ", ".join(["Tariff exclusion petitions", *words])

    def link(self, obj: Asked) -> str:
        """Return the list with the same filters."""
        return absolute(asking(reverse("docket"), obj.chosen.chosen))

    def feed_url(self, obj: Asked) -> str:
        """Its own address, with the filters."""
        return self.address_of(obj, **obj.page.here)

    def feed_guid(self, obj: Asked) -> str:
        """Return what names it: another filter is another feed, another page is not."""
        return tag(asking("docket", dict(sorted(obj.chosen.chosen.items()))))

    def item_title(self, item: PublicPetition) -> str:
        """Reference and product."""
        return f"{item.reference}: {item.product_name}"

    def item_words(self, item: PublicPetition) -> str:
        """Organization, number, stage, and the day of the decision."""
        decided = f", decided {in_full(item.decided_on)}" if item.decided_on else ""
        return f"{item.organization_name}, HTSUS {item.hts10}, {item.get_stage_display()}{decided}"

    def item_author_name(self, item: PublicPetition) -> str:
        """Return the organization."""
        return item.organization_name or "Not given in the docket"

    def item_pubdate(self, item: PublicPetition) -> datetime | None:
        """Return the beginning of the day of posting in New York."""
        return datetime.combine(item.posted_on, time(), EASTERN) if item.posted_on else None

    def item_updateddate(self, item: PublicPetition) -> datetime:
        """When its public copy was last written."""
        return item.updated_at

    def item_categories(self, item: PublicPetition) -> list[str]:
        """Its stage."""
        return [item.get_stage_display()]

    def item_link(self, item: PublicPetition) -> str:
        """Return the petition's own page."""
        return absolute(reverse("docket-petition", args=[item.reference]))
