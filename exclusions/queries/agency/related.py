"""Cases like this one: what the same company asks, what others ask for the same number, what was decided on it.

GAO-21-506: requests of one company and for one product were decided apart, without anybody seeing them together.
"""

from dataclasses import dataclass

from django.db.models import Case as Choose
from django.db.models import IntegerField, Q, QuerySet, Value, When

from exclusions.models import Decision, Petition, User
from exclusions.models.interest import Ties
from exclusions.workflow.states import Status

MOST = 25


@dataclass(frozen=True)
class Like:
    """A related petition and why it is one."""

    petition: Petition
    why: str


def related_petitions(petition: Petition, user: User, ties: Ties | None = None) -> list[Like]:
    """Return filed petitions for the same number or 8-digit subheading, or of the same organization; at most 25.

    None from which the person is barred; `ties` are the person's, where they have been looked up already.
    """
    if not petition.hts10:
        return []
    same8 = Q(hts10__startswith=petition.hts10[:8])
    same_party = Q(organization=petition.organization_id)
    found: QuerySet[Petition] = (
        Petition.objects.filter(same8 | same_party)
        .open_to(user, ties)
        .exclude(pk=petition.pk)
        .exclude(status=Status.DRAFT)
        .annotate(
            nearness=Choose(
                When(hts10=petition.hts10, then=Value(0)),
                When(same8, then=Value(1)),
                default=Value(2),
                output_field=IntegerField(),
            )
        )
        .select_related("organization")
        .order_by("nearness", "-submitted_at")[:MOST]
    )
    return [Like(other, _why(petition, other)) for other in found]


def _why(petition: Petition, other: Petition) -> str:
    reasons = []
    if other.organization_id == petition.organization_id:
        reasons.append("same organization")
    if other.hts10 == petition.hts10:
        reasons.append("same 10-digit number")
    elif other.hts10[:8] == petition.hts10[:8]:
        reasons.append("same 8-digit subheading")
    return ", ".join(reasons)


def prior_decisions(petition: Petition) -> QuerySet[Decision]:
    """Return the decisions on other petitions for the same 8-digit subheading, newest first; at most 25."""
    return (
        Decision.objects.filter(petition__hts10__startswith=petition.hts10[:8] or "none")
        .exclude(petition=petition)
        .select_related("petition__organization", "exclusion", "signed_by")
        .order_by("-signed_at")[:MOST]
    )
