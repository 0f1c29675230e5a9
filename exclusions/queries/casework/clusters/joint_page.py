"""What will be done for whom: the cases of a cluster before a joint act, each with why it cannot go with the rest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Max, prefetch_related_objects

from exclusions import criteria
from exclusions.models import Argument, Cluster, ClusterMember, Event, Outcome, Petition, User
from exclusions.permissions.arguments.marked import answered, arguments_of, findings_now, likeness, read_arguments
from exclusions.permissions.conclusions import (
    DESKS,
    SIGNATORY,
    Conclusion,
    adverse,
    before,
    conclusions,
    latest,
    without_criterion,
)
from exclusions.permissions.likes.departing import departures_in
from exclusions.permissions.likes.groups import like_groups, remember_likes, with_result
from exclusions.permissions.own_view import FIRST, to_view_first
from exclusions.permissions.standing import holder, standings
from exclusions.queries.casework.case.arguments_tab import BESIDE, TextPanel, panels
from exclusions.queries.casework.case.evidence import OF_FORM
from exclusions.queries.casework.case.passages import passages_of
from exclusions.queries.casework.clusters.departures import departures
from exclusions.workflow.joint import MOST, JointKind
from exclusions.workflow.roles import READS_CONFIDENTIAL

READ = (
    "round__actions", "versions", "findings", "recommendations", "consistency_reviews",
    "legal_reviews", "drafts__opinions", "drafts__screening", "assessments", "assignments__user",
)  # fmt: skip


@dataclass(frozen=True)
class MemberLine:
    """One case: `seen` is the number of the last event of its chain, `apart` says why it is dealt with singly."""

    petition: Petition
    seen: int
    apart: list[str]

    @property
    def value(self) -> str:
        """What the page sends of it."""
        return f"{self.petition.reference}:{self.seen}"


@dataclass(frozen=True)
class JointPage:
    """The cases of a joint act in the order of their references; `left` more follow in a second act."""

    lines: list[MemberLine]
    left: int

    @property
    def ready(self) -> list[MemberLine]:
        """Those that go together."""
        return [line for line in self.lines if not line.apart]

    @property
    def apart(self) -> list[MemberLine]:
        """Those that are dealt with singly."""
        return [line for line in self.lines if line.apart]

    @property
    def first(self) -> Petition | None:
        """The case that stands for the others: they have on record what it has."""
        return self.ready[0].petition if self.ready else None


def joint_page(cluster: Cluster, row: JointKind, user: User, at: datetime) -> JointPage:
    """Return the cases for which a joint act could be done now; as many statements for all of them as for one."""
    inside = ClusterMember.objects.joined().filter(cluster=cluster, case__petition__isnull=False)
    rows = Petition.objects.filter(pk__in=inside.values("case__petition"), status__in=row.statuses_of(user.role))
    count = rows.count()
    parties = rows.select_related("round", "organization", "filer_organization")
    petitions = list(parties.order_by("reference")[:MOST])
    prefetch_related_objects(petitions, *READ)
    of_each = standings(user, petitions, at)
    unlike = departures(petitions, whole=user.role in READS_CONFIDENTIAL)
    heads, blind = _heads(petitions), to_view_first(petitions, user)
    lines = []
    for petition in petitions:
        if of_each[petition.pk].barred:  # of such a case nothing is shown
            continue
        if petition.pk in blind:  # nothing that level 1 found may stand for the others, or beside them
            lines.append(MemberLine(petition, heads.get(f"petition:{petition.pk}", 0), [FIRST]))
            continue
        why = [
            *of_each[petition.pk].kept_from_acting,
            *_with_another(petition, row, user),
            *unlike.get(petition.pk, ()),
        ]
        lines.append(MemberLine(petition, heads.get(f"petition:{petition.pk}", 0), why))
    return JointPage(lines, count - len(petitions))


def like_figures(page: JointPage, user: User) -> list[tuple[str, int]]:
    """Return how many cases like these are decided either way, and recommended either way, in words; those that go
    together are not counted. As for the case that stands for the others: six statements at most.
    """
    if page.first is None or user.role not in READS_CONFIDENTIAL:
        return []
    remember_likes(page.first, user)
    mine = {line.petition.reference for line in page.ready}
    figures: dict[str, int] = {}
    for group in with_result(like_groups(page.first, user)):
        others = [name for name in group.references if name not in mine]
        if others:
            words = group.result if group.docket else group.label
            figures[words] = figures.get(words, 0) + len(others)
    return list(figures.items())


def _heads(petitions: Sequence[Petition]) -> dict[str, int]:
    subjects = [f"petition:{petition.pk}" for petition in petitions]
    rows = Event.objects.filter(subject__in=subjects).order_by().values("subject").annotate(last=Max("sequence"))
    return {found["subject"]: found["last"] for found in rows}


def _with_another(petition: Petition, row: JointKind, user: User) -> list[str]:
    """Whoever has the case works it; taking it from them asks for a reason, on its own page."""
    found = holder(petition, user.role)
    return [f"{found.user} has it."] if found and found.user_id != user.pk else []


def before_them(page: JointPage, desk: str) -> Conclusion | None:
    """Return what the desk before concluded on all of them, or None."""
    return before(desk, conclusions(page.first)) if page.first else None


def adverse_to_them(page: JointPage) -> list[str]:
    """Return the titles of the criteria on which all of them have an adverse finding."""
    return adverse(page.first) if page.first else []


def who_concluded(made: Conclusion | None) -> str:
    """Return the name of the desk that concluded, or ""."""
    return DESKS[made.desk] if made else ""


def codes_before(page: JointPage) -> dict[str, Any]:
    """Return the codes that were recommended last, as a start; the outcome is everybody's own."""
    last = latest(page.first.recommendations.all()) if page.first else None
    return {"denial_codes": last.denial_codes} if last else {}


def codes_of_counsel(page: JointPage) -> dict[str, Any]:
    """Return the codes that counsel named, as a start."""
    last = latest(page.first.legal_reviews.all()) if page.first else None
    return {"denial_codes": last.denial_codes} if last else {}


def codes_alone(page: JointPage) -> list[str]:
    """Return the codes to which no criterion of the round leads."""
    return without_criterion(page.first, list(criteria.DENIAL_REASONS)) if page.first else []


def needed_to_sign(page: JointPage, outcome: Outcome) -> set[str]:
    """Return what signing an outcome asks for beside rationale and codes: the same for all that go together."""
    if page.first is None:
        return set()
    made = before(SIGNATORY, conclusions(page.first))
    asked = {"departure"} if made and made.outcome != outcome else set()
    if outcome != Outcome.DENY:
        return asked | ({"adverse"} if adverse(page.first) else set())
    return asked | ({"facts"} if codes_alone(page) else set())


def citable_in(petition: Petition, *, whole: bool = True) -> dict[str, str]:
    """Return the answers of a case that a finding may cite, and the questions without one; the others have them under
    the same names. Without `whole` those that are public.
    """
    found = passages_of(petition, whole=whole).values()
    return {passage.citation: passage.words for passage in found if passage.citation.startswith(OF_FORM)}


def argued_in(page: JointPage) -> list[TextPanel]:
    """Return what is marked or suggested in the texts of the case that stands for the others."""
    return panels(arguments_of(page.first), page.first.round.criteria) if page.first else []


def departing(lines: Sequence[MemberLine]) -> list[tuple[str, str, str]]:
    """Return which of these cases depart from what was decided of like ones, from which, and why."""
    found = [(line.petition, latest(line.petition.consistency_reviews.all())) for line in lines]
    return [
        (str(petition.reference), f"{row['label']} ({row['words']})", row["distinction"])
        for petition, review in found
        for row in departures_in(review)
    ]


@dataclass(frozen=True)
class LikeArgument:
    """An argument that `count` of the cases make in the same words, and how it stands answered in one of them."""

    key: str
    argument: Argument
    count: int
    stands: str

    @property
    def line(self) -> str:
        """The argument in a line, with how many make it."""
        cases = f"{self.count:,} case{'' if self.count == 1 else 's'}"
        about = criteria.get(self.argument.criterion).title if self.argument.criterion else BESIDE
        return f"“{self.argument.words}” {self.argument.get_side_display()}, {about}. {cases}. {self.stands}"


def like_arguments(page: JointPage) -> list[LikeArgument]:
    """Return the arguments that these cases make, like ones once, those that most make first; five statements."""
    cases = [line.petition for line in page.ready]
    read_arguments(cases)
    made: dict[str, dict[UUID, tuple[Petition, Argument]]] = {}
    for case in cases:
        for _, row in arguments_of(case).standing:
            made.setdefault(likeness(row), {})[case.pk] = (case, row)
    found = [_like(key, list(of.values())) for key, of in made.items()]
    return sorted(found, key=lambda one: (-one.count, one.argument.pk))


def _like(key: str, made: list[tuple[Petition, Argument]]) -> LikeArgument:
    case, row = made[0]
    said = answered(row, findings_now(case))
    return LikeArgument(key, row, len(made), said.fault or f"{said.words}.")


@dataclass(frozen=True)
class FindingLine:
    """A current finding that all of them share in its result."""

    title: str
    result: str
    reasons: str


def findings_of(page: JointPage) -> list[FindingLine]:
    """Return the current findings of the case that stands for the others, in the round's order."""
    if page.first is None:
        return []
    made = {row.criterion: row for row in sorted(page.first.findings.all(), key=lambda row: (row.made_at, row.pk))}
    return [
        FindingLine(criteria.get(key).title, criteria.RESULTS[made[key].result], made[key].reasons)
        for key in page.first.round.criteria
        if key in made
    ]
