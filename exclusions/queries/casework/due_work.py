"""What is due for a member of staff: today, over its target, new in the list. References and counts alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from exclusions.days import EASTERN
from exclusions.models import Assignment, Digest, DueAlert, Petition, Proposal, User
from exclusions.queries.casework.holders import holders
from exclusions.queries.casework.lists.worklist import at_desk, unassigned, worklist
from exclusions.queries.casework.targets import targets
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.roles import STAFF
from exclusions.workflow.states import worklist_of
from exclusions.workflow.two_persons import HAVE_ACTS

NEW = timedelta(days=1)


@dataclass(frozen=True)
class Work:
    """What waits for one person, each case by its reference; `new` and `to_confirm` are counts."""

    due: list[Petition]
    over: list[Petition]
    new: int
    to_confirm: int

    @property
    def is_nothing(self) -> bool:
        """Whether there is nothing to tell."""
        return not (self.due or self.over or self.new or self.to_confirm)


def target_day(petition: Petition, known: Mapping[str, int]) -> date | None:
    """Return the day by which a case should leave its status by the targets in force; None where there is none."""
    days = known.get(petition.status)
    return None if days is None else eastern_date(petition.status_since) + timedelta(days=days)


def work_of(user: User, at: datetime) -> Work:
    """Return what waits for a person at a moment. Five statements; nothing from which a tie or recusal bars them."""
    today, known = eastern_date(at), targets()
    held = holders().filter(user=user, petition__in=at_desk(user.role).open_to(user)).select_related("petition")
    seated = [
        (row.petition, target_day(row.petition, known))
        for row in held.order_by("petition__status_since", "petition__reference")
    ]
    listed = unassigned(worklist(user)).filter(status_since__gt=at - NEW)
    acts = Proposal.objects.waiting(at).seen_by(user).exclude(proposed_by=user)
    return Work(
        due=[case for case, day in seated if day == today],
        over=[case for case, day in seated if day is not None and day < today],
        new=listed.count() if worklist_of(user.role) else 0,
        to_confirm=acts.count() if user.role in HAVE_ACTS else 0,
    )


def undigested(day: date) -> QuerySet[User]:
    """Return the staff for whom nobody has looked on that day yet."""
    looked = Digest.objects.filter(user=OuterRef("pk"), day=day)
    return User.objects.filter(~Exists(looked), is_active=True, role__in=STAFF).order_by("pk")


def newly_due(day: date) -> list[Assignment]:
    """Return the assignments of cases due on that day and of which the person was not told; two statements."""
    told = DueAlert.objects.filter(user=OuterRef("user"), petition=OuterRef("petition"), day=day)
    on_day, known = Q(pk__in=[]), targets()
    for status, days in known.items():
        begins = datetime.combine(day - timedelta(days=days), time(), EASTERN)
        since = Q(petition__status_since__gte=begins, petition__status_since__lt=begins + timedelta(days=1))
        on_day |= Q(petition__status=status) & since
    rows = holders().filter(~Exists(told), on_day, user__is_active=True)
    found = rows.select_related("user", "petition__organization", "petition__filer_organization")
    return [
        row
        for row in found.order_by("petition__reference", "pk")
        if target_day(row.petition, known) == day and row.petition.status in worklist_of(row.user.role)
    ]
