"""The latest decisions, as the public reads them."""

from django.db.models import QuerySet

from exclusions.models.public import PublicPetition
from exclusions.workflow.states import Stage

DECIDED = (Stage.GRANTED, Stage.IN_PART, Stage.DENIED)


def latest_decisions(count: int = 5) -> QuerySet[PublicPetition]:
    """Return the petitions decided last, newest first, at most `count`, with what a list shows of each.

    A grant that waits for its notice is not among them: its stage is still the last one before the outcome.
    """
    return (
        PublicPetition.objects.filter(decided_on__isnull=False, stage__in=DECIDED)
        .only("reference", "product_name", "organization_name", "hts10", "stage", "decided_on")
        .order_by("-decided_on", "-reference")[:count]
    )
