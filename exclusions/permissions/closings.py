"""The gate of what closes a case without its merits: intake says on which fact, counsel confirms it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from exclusions.models import Petition, Proposal
from exclusions.workflow.transitions import CLOSINGS

Data = Mapping[str, Any] | None


def closing_confirmed(petition: Petition, user: object, at: datetime, data: Data) -> list[str]:
    """Intake proposed it with the fact that it rests on, and counsel confirmed that very proposal."""
    if data is None:
        return []
    asked = Proposal.objects.filter(pk=data.get("proposal") or 0, act__in=CLOSINGS, outcome="confirmed")
    if asked.filter(subject=f"petition:{petition.pk}").exists():
        return []
    return ["Intake proposes it on the case page and names the fact. Counsel then confirms it."]
