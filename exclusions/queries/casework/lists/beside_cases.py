"""What is read beside the cases of a worklist: what it offers the person, and what is known of all cases of a page."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, F, Q
from django.db.models.functions import TruncDate

from exclusions.days import EASTERN
from exclusions.models import CaseTag, Event, Inquiry, Interest, Response, Round, SavedView, Tag, User
from exclusions.models.interest import Ties
from exclusions.queries.casework.holders import holders
from exclusions.queries.casework.targets import targets
from exclusions.workflow.roles import LED, Role


class Named(NamedTuple):
    """A person or a tag, as it is offered."""

    pk: int
    name: str

    def __str__(self) -> str:
        return self.name


class View(NamedTuple):
    """A list that is kept under a name; `user` is the name of whoever keeps it."""

    pk: int
    name: str
    query: str
    user: str
    user_id: int
    shared: bool


@dataclass(frozen=True)
class Offered:
    """What a person's worklist offers; the targets are those in force, by status, `ties` the person's own."""

    targets: dict[str, int]
    ties: Ties
    rounds: list[tuple[str, str]]
    views: list[View]
    tags: list[Named]
    colleagues: list[Named]


def offered_to(user: User) -> Offered:
    """Return the targets, rounds, kept lists and, where the person works cases, the team's tags and people, and what
    ties the person to companies. Six statements.
    """
    works = user.role in LED
    return Offered(
        targets(),
        Interest.objects.ties_of(user),
        round_choices(),
        _views(user),
        _tags(user) if works else [],
        _colleagues(user) if works else [],
    )


def round_choices() -> list[tuple[str, str]]:
    """Return the rounds that the filter offers, as (slug, title)."""
    return list(Round.objects.current().order_by("-opens_at", "-pk").values_list("slug", "title"))


def _views(user: User) -> list[View]:
    of_team = Q(shared=True, role=user.role, user__is_active=True)
    rows = SavedView.objects.filter(Q(user=user) | of_team).order_by("name", "pk")
    read = rows.values_list("pk", "name", "query", "user__full_name", "user__email", "user_id", "shared")
    return [
        View(key, name, query, who or email, keeper, shared) for key, name, query, who, email, keeper, shared in read
    ]


def _tags(user: User) -> list[Named]:
    rows = Tag.objects.filter(role=user.role, retired_at__isnull=True).order_by("name", "pk")
    return [Named(*row) for row in rows.values_list("pk", "name")]


def _colleagues(user: User) -> list[Named]:
    rows = User.objects.filter(role=user.role, is_active=True, leads=False).exclude(pk=user.pk)
    rows = rows.order_by("full_name", "email", "pk")
    return [Named(key, name or email) for key, name, email in rows.values_list("pk", "full_name", "email")]


@dataclass
class About:
    """What is known of one case: its moves oldest first, each to which status and on which day (its ordinal in New
    York), questions, who has it (key and name), tags as (team, name)."""

    moves: list[tuple[str, int]] = field(default_factory=list)
    questions: list[tuple[Any, ...]] = field(default_factory=list)
    holder: tuple[int, str] | None = None
    tags: list[tuple[str, str]] = field(default_factory=list)
    to_post: int = 0


def moves_and_questions(keys: Sequence[UUID]) -> dict[UUID, About]:
    """Return the moves and questions of the cases of these keys. Two statements."""
    found = {key: About() for key in keys}
    cases = {f"petition:{key}": case for key, case in found.items()}
    moved = Event.objects.filter(subject__in=list(cases)).exclude(from_status=F("to_status")).order_by("sequence")
    for subject, status, day in moved.values_list("subject", "to_status", TruncDate("at", tzinfo=EASTERN)):
        cases[subject].moves.append((status, day.toordinal()))
    times = ("asked_at", "closes_at", "withdrawn_at", "lapsed_at", "answer__answered_at")
    for key, *asked in Inquiry.objects.filter(petition__in=keys).order_by("pk").values_list("petition_id", *times):
        found[key].questions.append(tuple(asked))
    return found


def about(keys: Sequence[UUID], *, posts: bool) -> dict[UUID, About]:
    """Return all that is known of the cases of these keys: four statements, and one more for who posts responses."""
    found = moves_and_questions(keys)
    held = holders().filter(petition__in=keys).order_by("user_id")
    for key, user, name, email in held.values_list("petition_id", "user_id", "user__full_name", "user__email"):
        found[key].holder = (user, name or email)
    marks = CaseTag.objects.filter(petition__in=keys, taken_at__isnull=True).order_by("tag__name", "pk")
    for key, role, name in marks.values_list("petition_id", "tag__role", "tag__name"):
        found[key].tags.append((role, name))
    if posts:
        waiting = Response.objects.filter(petition__in=keys, status=Response.Status.SUBMITTED).order_by()
        for key, count in waiting.values_list("petition_id").annotate(Count("pk")):
            found[key].to_post = count
    return found


def tags_of(case: About, user: User) -> list[str]:
    """Return the tags of a case that are of the person's team; the auditor is shown every team's."""
    return [name for role, name in case.tags if role == user.role or user.role == Role.AUDITOR]
