"""The gates that two persons open: a case closed without its merits, a signed decision that is reopened."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from exclusions.models import Decision, Petition, Proposal, User
from exclusions.workflow.roles import Role
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


def counsel_agrees(petition: Petition, user: User | AnonymousUser | None, at: datetime, data: Data) -> list[str]:
    """Counsel asked for it or concurs: a signed decision is reopened by the signatory and counsel, never by one."""
    if data is None:
        return []
    asked = Proposal.objects.filter(pk=data.get("proposal") or 0, act="reopen_decision", outcome="confirmed")
    own = Q(proposed_by__role=Role.LEGAL) | Q(settled_by__role=Role.LEGAL)
    if asked.filter(own, subject=f"petition:{petition.pk}").exists():
        return []
    return ["Counsel must ask for it or agree. Propose it on the page of the decision."]


def no_decision_signed(petition: Petition, user: object, at: datetime, data: Data) -> list[str]:
    """A case whose decision was reopened is decided anew: withdrawing would leave the former decision standing."""
    if Decision.objects.filter(petition=petition).exists():
        return ["The petition was decided. Withdrawing it does not undo a reopened decision."]
    return []
