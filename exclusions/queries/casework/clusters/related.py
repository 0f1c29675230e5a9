"""What was decided on the subheading of a case. The cases around it are in `queries.casework.clusters.like_page`."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from exclusions.models import Decision, Outcome, Petition, Reopening
from exclusions.workflow.states import DECIDED

MOST = 25


class PriorDecision(NamedTuple):
    """A decision on another petition, as it is listed."""

    reference: str
    organization: str
    hts10: str
    outcome: str
    denial_codes: list[str]
    signed_at: datetime
    rationale: str

    def get_outcome_display(self) -> str:
        """Return the outcome in words."""
        return str(Outcome(self.outcome).label)


def decided_beside(petition: Petition) -> list[PriorDecision]:
    """Return the decisions on other petitions for the same 8-digit subheading, newest first; at most 25.

    None for a petition that names no number.
    """
    number = petition.hts10[:8]
    return [PriorDecision(*row) for row in _decided(number, f"{number}:", petition.pk)] if number else []


def _decided(first: str, after: str, but: UUID) -> "QuerySet[Decision, tuple[Any, ...]]":
    """Return the decisions that stand on other petitions for numbers of a range, which either database reads by its
    index.

    Not by `Decision.objects`: PostgreSQL takes what it leaves for one row, and looks up the petition of each decision.
    """
    superseded = Exists(Decision.versions.filter(supersedes=OuterRef("pk")))
    # A case that is decided, or was and has been reopened: no other has a decision, and to ask each of a number whether
    # it has one would take longer than all the rest.
    decided = Petition.objects.filter(status__in=sorted(DECIDED), hts10__gte=first, hts10__lt=after).order_by()
    reopened = Reopening.objects.filter(
        decision__petition__hts10__gte=first, decision__petition__hts10__lt=after
    ).order_by()
    of_number = decided.values("pk").union(reopened.values("decision__petition"))
    rows = Decision.versions.filter(~superseded, petition__in=of_number).exclude(petition=but)
    rows = rows.order_by("-signed_at", "-pk")
    of_petition = ("petition__reference", "petition__organization__legal_name", "petition__hts10")
    return rows.values_list(*of_petition, "outcome", "denial_codes", "signed_at", "rationale")[:MOST]
