"""The digests of the record, for programs."""

from exclusions.api.output import TableOutput
from exclusions.api.pagination import ByCursor
from exclusions.api.reads import ReadList
from exclusions.models.public import Anchor


class AnchorOutput(TableOutput[Anchor]):
    """The digest of a day in New York: over the one before it, the last seal, and the heads of the chains that grew."""

    class Meta:
        model = Anchor
        fields = ("day", "digest", "previous", "seal", "seal_hash", "chains", "made_at")


class NewestDay(ByCursor):
    """The last day first."""

    ordering = ("-day",)


class AnchorList(ReadList):
    """Every day's digest: a copy of one shows later whether what came before it was rewritten."""

    queryset = Anchor.objects.all()
    serializer_class = AnchorOutput
    pagination_class = NewestDay
