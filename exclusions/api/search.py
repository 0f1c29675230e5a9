"""The one ranked search, for programs."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from exclusions.api.output import Output
from exclusions.api.pagination import ByPlace
from exclusions.api.reads import ReadList
from exclusions.api.tariff import OnTheDay
from exclusions.forms.lookup.search import SiteSearch
from exclusions.models.tariff import TariffLine
from exclusions.queries.lookup.search.hits import KINDS, Hit
from exclusions.queries.lookup.search.site_search import Results, site_search


class HitOutput(Output[Hit]):
    """One thing found."""

    kind = serializers.ChoiceField(choices=list(KINDS))
    title = serializers.CharField()
    number = serializers.CharField(help_text="HTSUS number, reference or docket. Empty for help pages")
    url = serializers.SerializerMethodField()
    why = serializers.CharField(help_text="a sentence that says why it was found")
    standing = serializers.CharField(help_text="the status of a petition or exclusion. Empty for other kinds")
    fictional = serializers.BooleanField(help_text="made for the demonstration")

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_url(self, hit: Hit) -> str:
        """The address of its page."""
        return str(self.context["request"].build_absolute_uri(hit.address))


class Search(ReadList):
    """What is found in tariff, exclusions, docket, rounds and help, best first.

    Exclusions and petitions that use the very words come first: at most two of each, those in force or granted before
    others. Then come the best tariff headings. Misspelt words are corrected, and Spanish words for goods are known. A
    search can have 200 characters; the rest is left out.
    """

    queryset = TariffLine.objects.none()
    serializer_class = HitOutput
    filter_backends = (OnTheDay,)
    filterset_class = SiteSearch
    pagination_class = ByPlace

    def paginate_queryset(self, queryset: Any) -> list[Any]:
        """Return the page of what was found. Raises ValidationError for a wrong cursor or page size, or signs alone."""
        pages = self.paginator
        assert isinstance(pages, ByPlace)
        start, size = pages.start(self.request), pages.size(self.request)
        found: Results = site_search(
            self.asked.typed, self.asked.day, kind=self.asked.kind_chosen, start=start, size=size
        )
        if found.asked.is_empty and found.asked.text:
            raise ValidationError({"q": [found.asked.remark]})
        pages.turn(self.request, start, size, more=found.more)
        return found.hits
