"""The exclusions registry's read API."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import exceptions, serializers

from exclusions.api.output import Dotted, Output, PageOf
from exclusions.api.pagination import ByCursor
from exclusions.api.reads import ReadList, ReadOne
from exclusions.api.tariff import OnTheDay
from exclusions.facts.exclusions import wording_on
from exclusions.facts.fictional import is_all_invented, is_marked
from exclusions.forms.lookup.exclusions import ExclusionDay, RegistryFilter
from exclusions.gateways.tariff.exclusion_notices import NoticeFact
from exclusions.models.exclusion import Exclusion, ExclusionNumber, ExclusionTerm, ExclusionText, note_cited
from exclusions.queries.public import registry


class NumberOutput(Output[ExclusionNumber]):
    """A statistical number that a wording names, and the days on which it means it."""

    number = Dotted()
    from_ = serializers.DateField(source="valid_from", allow_null=True)
    to = serializers.DateField(source="valid_to", allow_null=True)


class TextOutput(Output[ExclusionText]):
    """One wording, and from when it held; of a correction also by whom and why."""

    version = serializers.IntegerField()
    text = serializers.CharField()
    whole_number = serializers.BooleanField()
    numbers = NumberOutput(many=True)
    from_ = serializers.DateField(source="valid_from", allow_null=True)
    to = serializers.DateField(source="valid_to", allow_null=True)
    authority = serializers.CharField()
    corrected_by = serializers.CharField(help_text="empty: it is no correction")
    reason = serializers.CharField(help_text="of the last change")
    recorded_at = serializers.DateTimeField(allow_null=True)


class TermOutput(Output[ExclusionTerm]):
    """A period, both days inclusive, under one heading; null: not known."""

    heading = Dotted()
    note = serializers.SerializerMethodField()
    item = serializers.CharField()
    status = serializers.CharField()
    from_ = serializers.DateField(source="valid_from", allow_null=True)
    to = serializers.DateField(source="valid_to", allow_null=True)
    in_force = serializers.SerializerMethodField()
    authority = serializers.CharField()
    published_on = serializers.DateField(allow_null=True)
    dates_from = serializers.CharField()
    fictional = serializers.BooleanField(help_text="made for the demonstration")
    corrected_by = serializers.CharField(help_text="empty: it is no correction")
    reason = serializers.CharField(help_text="of the last change")
    recorded_at = serializers.DateTimeField(allow_null=True)

    def get_note(self, term: ExclusionTerm) -> str:
        """The subdivision of U.S. note 20."""
        return note_cited(term.note)

    def get_in_force(self, term: ExclusionTerm) -> bool:
        """Whether it holds on the day asked for, or today."""
        return registry.state(term, self.context["on"]) == "In force"


class ExclusionOutput(Output[Exclusion]):
    """A product freed from an action's duty: every wording and every term."""

    reference = serializers.CharField()
    url = PageOf("exclusion", source="reference")
    list = serializers.CharField(source="action.code")
    text = serializers.SerializerMethodField()
    whole_number = serializers.SerializerMethodField()
    fictional = serializers.SerializerMethodField(help_text="all its terms were made for the demonstration")
    texts = TextOutput(many=True)
    terms = TermOutput(many=True)

    def get_text(self, exclusion: Exclusion) -> str:
        """The wording of the day asked for, or of today."""
        text = wording_on(exclusion.texts.all(), self.context["on"])
        return text.text if text else ""

    def get_fictional(self, exclusion: Exclusion) -> bool:
        """Whether it rests on terms alone that were made for the demonstration."""
        return is_all_invented(is_marked(term) for term in exclusion.terms.all())

    def get_whole_number(self, exclusion: Exclusion) -> bool:
        """Whether it excludes whole statistical numbers."""
        text = wording_on(exclusion.texts.all(), self.context["on"])
        return bool(text and text.whole_number)


class SupersededOutput(Output[registry.Superseded]):
    """A wording or a term that stood until something else took its place, and on which authority, or why."""

    what = serializers.CharField()
    text = serializers.CharField()
    heading = Dotted()
    status = serializers.CharField()
    from_ = serializers.DateField(source="valid_from", allow_null=True)
    to = serializers.DateField(source="valid_to", allow_null=True)
    until = serializers.DateTimeField(allow_null=True)
    authority = serializers.CharField()
    reason = serializers.CharField()
    corrected_by = serializers.CharField(help_text="empty if no correction superseded it")


class NoticeOutput(Output[NoticeFact]):
    """A notice about a heading of the exclusion; an empty citation and a day of null were not seen."""

    heading = Dotted()
    role = serializers.CharField(help_text="grant, extension, amendment or reinstatement")
    citation = serializers.CharField()
    published_on = serializers.DateField(allow_null=True)
    from_ = serializers.DateField(source="valid_from", allow_null=True)
    to = serializers.DateField(source="valid_to", allow_null=True)
    confidence = serializers.CharField(help_text="high, medium or low. Empty: not stated")


class WholeExclusionOutput(ExclusionOutput):
    """An exclusion with what was superseded, and the notices about its headings."""

    superseded = serializers.SerializerMethodField()
    notices = serializers.SerializerMethodField()

    @extend_schema_field(NoticeOutput(many=True))
    def get_notices(self, exclusion: Exclusion) -> list[Any]:
        """Those that are known, by heading."""
        return [NoticeOutput(row).data for row in registry.notices(exclusion)]

    @extend_schema_field(SupersededOutput(many=True))
    def get_superseded(self, exclusion: Exclusion) -> list[Any]:
        """What stood before, in the order in which it did."""
        return [SupersededOutput(row).data for row in registry.superseded(exclusion)]


class ByReference(ByCursor):
    """The registry's order: list, then number."""

    ordering = (registry.ORDER,)


class ExclusionList(ReadList):
    """The registry's exclusions by the filters of its page; `in_force` and `text` are as of the day asked for."""

    queryset = Exclusion.objects.all()
    serializer_class = ExclusionOutput
    filter_backends = (OnTheDay,)
    filterset_class = RegistryFilter
    pagination_class = ByReference

    def filter_queryset(self, queryset: Any) -> Any:
        """Return the exclusions asked for, with their wordings and terms."""
        return registry.with_details(super().filter_queryset(queryset))

    def get_serializer_context(self) -> dict[str, Any]:
        """Add the day: the one asked for, or today."""
        return {**super().get_serializer_context(), "on": self.asked.as_of_day or timezone.localdate()}


class ExclusionDetail(ReadOne):
    """One exclusion with every wording and term, superseded ones apart; `in_force` and `text` are as of a day."""

    queryset = Exclusion.objects.all()
    filter_backends = (OnTheDay,)
    filterset_class = ExclusionDay
    serializer_class = WholeExclusionOutput
    lookup_field = "reference"

    def get_object(self) -> Exclusion:
        """Return the exclusion. Raises NotFound."""
        self.filter_queryset(self.get_queryset())
        reference = self.kwargs["reference"]
        found = registry.exclusion_page(reference, self.asked.day)
        if found is None:
            raise exceptions.NotFound(f"There is no exclusion with the reference {reference}.")
        return found.entry.exclusion

    def get_serializer_context(self) -> dict[str, Any]:
        """Add the day."""
        return {**super().get_serializer_context(), "on": self.asked.day}
