"""What happened to a petition, and what is due of all of them, for the programs of their person."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.generics import ListAPIView

from exclusions.api.output import Moment, Output
from exclusions.api.pagination import ByCursor, ByPlace
from exclusions.api.petitions.owned import READ, OfOwnPetition, Timed
from exclusions.models import Event, Petition
from exclusions.queries.importer.own_calendar import KINDS, Due, own_calendar
from exclusions.queries.importer.petitions import happening, own_events


class EventOutput(Output[Event]):
    """Something that happened to a petition, as its page tells it."""

    number = serializers.IntegerField(source="sequence", help_text="ascending, with gaps: the rest is the agency’s")
    kind = serializers.CharField()
    what = serializers.CharField(source="told.words")
    at = Moment()
    who = serializers.CharField(source="told.who", help_text="a person, or the agency. Empty: nobody")
    reason = serializers.CharField(source="told.reason", help_text="empty: without one")
    file = serializers.CharField(source="told.file", help_text="name of the file that it is about, or empty")


class OldestFirst(ByCursor):
    """What happened first comes first."""

    ordering = ("sequence",)


class Events(OfOwnPetition, ListAPIView[Event]):
    """What happened to a petition, as its people may know it, the oldest first."""

    queryset = Event.objects.none()
    serializer_class = EventOutput
    pagination_class = OldestFirst
    scopes = {"GET": READ}

    def get_queryset(self) -> QuerySet[Event]:
        """Return the events."""
        return own_events(self.petition())

    def paginate_queryset(self, queryset: Any) -> Any:
        """Return the page of events, each with its words."""
        events = super().paginate_queryset(queryset)
        files = self.petition().documents.values_list("pk", "file_name")
        names = {str(key): name for key, name in files}
        for event in events or ():
            event.told = happening(event, names)
        return events


class DueOutput(Output[Due]):
    """A day that comes, and what ends then."""

    due_at = Moment()
    kind = serializers.ChoiceField(choices=KINDS)
    of = serializers.CharField(
        help_text="of `reply` the reference of the response, of `question` the number. Otherwise empty"
    )
    petition = serializers.UUIDField()
    reference = serializers.CharField(help_text="docket reference. Empty: not filed yet")
    product = serializers.SerializerMethodField()

    @extend_schema_field(serializers.CharField())
    def get_product(self, due: Due) -> str:
        """The name of the product."""
        return due.product


class Deadlines(Timed, ListAPIView[Petition]):
    """What is due of all petitions that the token's person may work on, the first on top.

    The window in which a draft may be filed, the last day to correct, the close of responses, the last days to reply
    and to answer the agency's questions.
    """

    queryset = Petition.objects.none()
    serializer_class = DueOutput
    pagination_class = ByPlace
    scopes = {"GET": READ}

    def paginate_queryset(self, queryset: Any) -> Any:
        """Return the page of days. Raises ValidationError for a wrong cursor or page size."""
        pages = self.paginator
        assert isinstance(pages, ByPlace)
        start, size = pages.start(self.request), pages.size(self.request)
        due = own_calendar(Petition.objects.owned_by(self.person, self.at), self.at)
        pages.turn(self.request, start, size, more=len(due) > start + size)
        return due[start : start + size]
