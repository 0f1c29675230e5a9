"""What stands recommended of cases that are not decided, and from whom it is hidden.

A conclusion stands while its case has not gone back behind the desk that made it; the last that stands is what the case
comes to so far. Whoever is kept from a case does not learn of that, nor a level 2 reviewer before the own view.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Case, CharField, Exists, IntegerField, JSONField, OuterRef, Q, QuerySet, Value, When

from exclusions.models import (
    BlindShare,
    CommitteeAssessment,
    ConsistencyReview,
    Interest,
    LegalReview,
    Outcome,
    Petition,
    Recommendation,
    Recusal,
    User,
)
from exclusions.permissions.conclusions import DESK_OF, DESKS, LEVEL2
from exclusions.permissions.own_view import to_view_first
from exclusions.permissions.standing import what_keeps
from exclusions.workflow.outcomes import CaseOutcome
from exclusions.workflow.roles import Role
from exclusions.workflow.states import Status

RESULT: Mapping[str, CaseOutcome] = {
    Outcome.GRANT: CaseOutcome.GRANTED,
    Outcome.IN_PART: CaseOutcome.IN_PART,
    Outcome.DENY: CaseOutcome.DENIED,
}
_ORDER = list(DESKS)
# How many of the desks, in their order, a case has passed in each status in which one may have concluded.
PASSED: Mapping[str, int] = {
    Status.LEVEL1: 0,
    Status.LEVEL2: 1,
    Status.CONSISTENCY: 2,
    Status.LEGAL: 2,
    Status.DRAFTING: 3,
    Status.CUSTOMS: 3,
    Status.COMMITTEE: 3,
    Status.SIGNATURE: 4,
}
_CASE = -1  # the place of the row of the case itself, among those of the desks


@dataclass(frozen=True)
class Concluded:
    """For what a case stands concluded, and on which codes."""

    result: CaseOutcome
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Undecided:
    """A case under review: what stands concluded of it, and whether the person is kept from it or from that."""

    reference: str
    concluded: Concluded | None
    kept: bool = False
    blind: bool = False
    reviewed: bool = False  # whether a consistency review of it is on record

    @property
    def hidden(self) -> bool:
        """Whether the person may not know what is recommended."""
        return self.kept or self.blind


class _Row(NamedTuple):
    petition: UUID
    place: int
    status: str  # of the case; "" in the rows of desks
    outcome: str
    codes: Sequence[str]
    at: datetime  # when it was concluded; of the case, since when it has its status
    kept: bool
    tied: bool
    drawn: bool
    reference: str
    reviewed: bool


def undecided(keys: "Iterable[UUID] | QuerySet[Any, Any]", user: User | None) -> dict[UUID, Undecided]:
    """Return those of these cases that are under review, as a person may know them; without a person, all there is.

    One statement; two more where a company ties the person, two where cases at the levels may be drawn for an own view.
    """
    rows = [_Row(*row) for row in _read(keys if isinstance(keys, QuerySet) else list(keys), user)]
    cases = {row.petition: row for row in rows if row.place == _CASE}
    made: dict[UUID, list[_Row]] = {key: [] for key in cases}
    for row in rows:
        if row.place != _CASE and row.petition in made:
            made[row.petition].append(row)
    kept = {key for key, row in cases.items() if row.kept}
    if user is not None and any(row.tied for row in cases.values()):
        ties = Interest.objects.ties_of(user)
        barred = Petition.objects.filter(pk__in=list(cases)).filter(pk__in=Petition.objects.barred_keys(user, ties))
        kept |= set(barred.values_list("pk", flat=True))
    drawn = [key for key, row in cases.items() if row.drawn and row.status in (Status.LEVEL1, Status.LEVEL2)]
    blind = to_view_first(Petition.objects.filter(pk__in=drawn).order_by("pk"), user) if drawn else set()
    return {
        key: Undecided(
            row.reference, _standing(row, made[key]), kept=key in kept, blind=key in blind, reviewed=row.reviewed
        )
        for key, row in cases.items()
    }


def _standing(case: _Row, made: Iterable[_Row]) -> Concluded | None:
    """Return the last conclusion from which a case has not gone back."""
    passed, here = PASSED[case.status], DESK_OF.get(Status(case.status))
    own = _ORDER.index(here) if here else None
    stand = [row for row in made if row.place < passed or (row.place == own and row.at >= case.at)]
    last = max(stand, key=lambda row: (row.at, row.place), default=None)
    return Concluded(RESULT[last.outcome], tuple(last.codes)) if last else None


def _read(keys: "Sequence[UUID] | QuerySet[Any, Any]", user: User | None) -> Iterable[tuple[Any, ...]]:
    """Return the rows of the cases themselves and of what their desks concluded; one statement."""
    of, never = {"petition__in": keys}, Value(False)
    keeps = _keeps(user)
    none, nothing = Value([], JSONField()), Value("", CharField())
    case = Value(_CASE, IntegerField())
    level = Case(When(level=1, then=Value(0)), default=Value(_ORDER.index(LEVEL2)), output_field=IntegerField())
    cases = Petition.objects.filter(pk__in=keys, status__in=PASSED).order_by()
    reviewed = Exists(ConsistencyReview.objects.filter(petition=OuterRef("pk")))
    marks = ("never", "never", "never", "nothing", "never")
    first = cases.annotate(place=case, outcome=nothing, codes=none, reviewed=reviewed, **keeps)
    judged = Recommendation.objects.filter(**of).order_by().annotate(place=level, nothing=nothing, never=never)
    advised = LegalReview.objects.filter(**of).order_by().annotate(place=Value(2), nothing=nothing, never=never)
    assessed = CommitteeAssessment.objects.filter(**of).order_by()
    assessed = assessed.annotate(place=Value(3), nothing=nothing, none=none, never=never)
    start = ("petition_id", "place", "nothing", "outcome")
    of_case = (
        "pk",
        "place",
        "status",
        "outcome",
        "codes",
        "status_since",
        "kept",
        "tied",
        "drawn",
        "reference",
        "reviewed",
    )
    return first.values_list(*of_case).union(
        judged.values_list(*start, "denial_codes", "made_at", *marks),
        advised.values_list(*start, "denial_codes", "made_at", *marks),
        assessed.values_list(*start, "none", "made_at", *marks),
        all=True,
    )


def _keeps(user: User | None) -> dict[str, Any]:
    """Return what says of a petition that it keeps a person, and whether a company ties the person or cases are drawn
    for an own view at all.
    """
    if user is None:
        return dict.fromkeys(("kept", "tied", "drawn"), Value(False))
    keeps = what_keeps(user)
    kept = Case(When(Q(keeps["stepped_back"]) | Q(assisted_by=user), then=Value(True)), default=Value(False))
    return {"kept": kept, "tied": keeps["has_ties"], "drawn": _drawn(user)}


def _drawn(user: User) -> Any:
    return Exists(BlindShare.objects.all()) if user.role == Role.REVIEWER2 else Value(False)


def may_be_hidden(user: User) -> dict[str, Any]:
    """Return what says whether anything that is recommended may be hidden from a person, to annotate petitions with."""
    found = what_keeps(user)["has_ties"] | Exists(Recusal.objects.filter(user=user, ended_at__isnull=True))
    found |= Exists(Petition.objects.filter(assisted_by=user))
    return {"results_hidden": found | _drawn(user) if user.role == Role.REVIEWER2 else found}
