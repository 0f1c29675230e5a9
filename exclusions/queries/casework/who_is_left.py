"""Whether anybody is left who may take a case on, where recusals and the rule of two persons use a team up."""

from typing import NamedTuple

from exclusions.models import Petition, Recommendation, Recusal, User
from exclusions.permissions.conclusions import latest
from exclusions.workflow.roles import Role
from exclusions.workflow.states import STATUSES, Status


class Colleague(NamedTuple):
    """Somebody to whom a case can be handed."""

    pk: int
    full_name: str
    email: str

    def __str__(self) -> str:
        return self.full_name or self.email


def colleagues(user: User) -> list[Colleague]:
    """Return who else has the person's role, by e-mail address."""
    rows = User.objects.filter(role=user.role, is_active=True).exclude(pk=user.pk).order_by("email")
    return [Colleague(*row) for row in rows.values_list("pk", "full_name", "email")]


def used_up(petition: Petition, user: User) -> str:
    """Return the sentence that says whom to ask where nobody of the case's desk is left, or "". One statement.

    None where the person, who may open the case and so has not stepped back, is of that desk and may do its work.

    The consistency review belongs to another level 2 reviewer than the one who recommended (GAO-21-506).
    """
    role = STATUSES[Status(petition.status)].worklist
    if not isinstance(role, Role) or (user.role == role and petition.status != Status.CONSISTENCY):
        return ""
    if user.role == role:
        last = latest(row for row in petition.recommendations.all() if row.level == 2)
        if last is None or last.made_by_id != user.pk:
            return ""
    recused = Recusal.objects.filter(petition=petition, ended_at__isnull=True).values("user")
    left = User.objects.filter(role=role, is_active=True).exclude(pk__in=recused)
    if petition.status == Status.CONSISTENCY:
        made = Recommendation.objects.filter(petition=petition, level=2).order_by("-made_at", "-pk")
        left = left.exclude(pk__in=made.values("made_by")[:1])
    if left.exists():
        return ""
    return (
        f"No {role.label} is left for this case. The others have stepped back, or made the recommendation that "
        "another person must check. Ask two administrators to give someone else this role."
    )
