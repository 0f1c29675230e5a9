"""The docket's read API: public petitions, responses, replies and decisions."""

from typing import Any

from django.utils import timezone
from django.utils.http import http_date
from rest_framework import exceptions
from rest_framework.request import Request

from exclusions.api.docket_output import PetitionOutput, SummaryOutput
from exclusions.api.pagination import ByCursor
from exclusions.api.reads import Read, ReadList, ReadOne
from exclusions.forms.docket import DocketFilter
from exclusions.models.public import PublicPetition
from exclusions.queries.public import docket
from exclusions.queries.public.docket_columns import LISTED_READ


class TakenDown(exceptions.APIException):
    """A petition that was taken down from the docket."""

    status_code = 410
    default_detail = "This petition was taken down from the docket."
    default_code = "taken_down"


class NewestPosted(ByCursor):
    """The docket's order."""

    ordering = docket.NEWEST_FIRST


class LastModified(Read):
    """A read of the docket, which says when that last changed."""

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Add the moment to a success."""
        answer = super().finalize_response(request, response, *args, **kwargs)
        changed = docket.last_changed(timezone.now()) if answer.status_code == 200 else None
        if changed:
            answer["Last-Modified"] = http_date(changed.timestamp())
        return answer


class DocketList(LastModified, ReadList):
    """The posted petitions, newest first, by the filters of the docket page."""

    queryset = PublicPetition.objects.select_related("round").only(*LISTED_READ)
    serializer_class = SummaryOutput
    filterset_class = DocketFilter
    pagination_class = NewestPosted


class DocketPetition(LastModified, ReadOne):
    """A posted petition with answers, responses, replies, files and decision."""

    serializer_class = PetitionOutput
    lookup_field = "reference"
    refusals = {**ReadOne.refusals, 410: TakenDown.default_detail}

    def get_object(self) -> PublicPetition:
        """Return the petition. Raises NotFound where none was ever posted under the reference, TakenDown afterwards."""
        reference = self.kwargs["reference"]
        found = docket.petition_page(reference, timezone.now())
        if found is None and docket.tombstone(reference):
            raise TakenDown
        if found is None:
            raise exceptions.NotFound(f"There is no posted petition with the reference {reference}.")
        return found.petition
