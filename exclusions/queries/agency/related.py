"""What was decided on the subheading of a case. The cases around it are in `queries.desk.like_page`."""

from datetime import datetime
from typing import NamedTuple

from exclusions.models import Decision, Outcome, Petition

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


def prior_decisions(petition: Petition) -> list[PriorDecision]:
    """Return the decisions on other petitions for the same 8-digit subheading, newest first; at most 25."""
    number = petition.hts10[:8]
    if not number:
        return []
    # A range, since either database reads that by its index.
    same = Petition.objects.filter(hts10__gte=number, hts10__lt=f"{number}:").exclude(pk=petition.pk)
    rows = Decision.objects.filter(petition__in=same.values("pk")).order_by("-signed_at")
    columns = ("outcome", "denial_codes", "signed_at", "rationale")
    of_petition = ("petition__reference", "petition__organization__legal_name", "petition__hts10")
    return [PriorDecision(*found) for found in rows.values_list(*of_petition, *columns)[:MOST]]
