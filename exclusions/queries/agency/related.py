"""What was decided on the subheading of a case. The cases around it are in `queries.desk.like_page`."""

from django.db.models import QuerySet

from exclusions.models import Decision, Petition

MOST = 25


def prior_decisions(petition: Petition) -> QuerySet[Decision]:
    """Return the decisions on other petitions for the same 8-digit subheading, newest first; at most 25."""
    return (
        Decision.objects.filter(petition__hts10__startswith=petition.hts10[:8] or "none")
        .exclude(petition=petition)
        .select_related("petition__organization", "exclusion", "signed_by")
        .order_by("-signed_at")[:MOST]
    )
