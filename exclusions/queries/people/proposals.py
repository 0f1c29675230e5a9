"""Acts that wait for a second member of staff, and those that are settled, as staff see them."""

from datetime import datetime

from django.db.models import QuerySet

from exclusions.models import Exclusion, Petition, Proposal, User
from exclusions.models.casework.proposal import ProposalQuerySet
from exclusions.workflow.roles import Role

MOST_ALONE = 1


def waiting(user: User, at: datetime) -> QuerySet[Proposal]:
    """Return what the person's role may confirm, or proposed, and nobody has settled; what ends first comes first."""
    return _seen(user).waiting(at).order_by("expires_at", "pk")


def settled(user: User, at: datetime) -> QuerySet[Proposal]:
    """Return what was settled or ran out, of the acts of the person's role, the latest first."""
    return _seen(user).exclude(pk__in=Proposal.objects.waiting(at).values("pk")).order_by("-proposed_at", "-pk")


def visible_proposal(user: User, proposal_id: int) -> Proposal | None:
    """Return a proposal that the person's role may see, or None."""
    return _seen(user).filter(pk=proposal_id).first()


def waiting_for(subject: str, at: datetime) -> QuerySet[Proposal]:
    """Return what waits about one organization or account."""
    rows = Proposal.objects.waiting(at).filter(subject=subject)
    return rows.select_related("proposed_by").order_by("expires_at", "pk")


def is_alone() -> bool:
    """Say whether the site has fewer than two administrators, so that nobody can confirm what one of them proposes."""
    return User.objects.filter(role=Role.ADMIN, is_active=True).count() < MOST_ALONE + 1


def changes(proposal: Proposal) -> list[list[str]]:
    """Return what a correction changes, each as its label, what stood, what is to stand; empty for other acts."""
    return list(proposal.basis.get("what is corrected", []))


def exclusion_reference(key: str) -> str:
    """Return the reference of the exclusion with that key."""
    return Exclusion.objects.values_list("reference", flat=True).get(pk=int(key))


def petition_reference(key: str) -> str:
    """Return the reference of the petition with that key."""
    return str(Petition.objects.values_list("reference", flat=True).get(pk=key))


def _seen(user: User) -> ProposalQuerySet:
    return Proposal.objects.seen_by(user).select_related("proposed_by", "settled_by")
