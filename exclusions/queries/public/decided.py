"""The latest decisions, as the public reads them."""

from django.db.models import QuerySet

from exclusions.models.public import PublicPetition


def latest_decisions(count: int = 5) -> QuerySet[PublicPetition]:
    """Return the petitions decided last, newest first, at most `count`, with what a list shows of each."""
    return (
        PublicPetition.objects.filter(decided_on__isnull=False)
        .only("reference", "product_name", "organization_name", "hts10", "stage", "decided_on")
        .order_by("-decided_on", "-reference")[:count]
    )
