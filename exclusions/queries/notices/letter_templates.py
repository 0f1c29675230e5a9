"""Templates of letters as those see them who write them: what is in force, what differs, what a template may name."""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.db.models import Count, Q

from exclusions import questionnaires
from exclusions.gateways.letter_words import shipped_words
from exclusions.models import Letter, LetterTemplate, PendingLetter, Petition, User
from exclusions.questionnaires import Visibility
from exclusions.wording.letter_kinds import KINDS, Field
from exclusions.wording.letters import faults


@dataclass(frozen=True)
class KindRow:
    """A kind of letter: its words, which version of its template is in force (None: the shipped one), what waits."""

    kind: str
    label: str
    in_force: LetterTemplate | None
    unused: int


@dataclass(frozen=True)
class Line:
    """A line of the difference view: "same", "added" or "removed", and its words."""

    what: str
    text: str


@dataclass(frozen=True)
class Waiting:
    """How many letters are issued and still to be set, and how many of these were given up."""

    all: int
    given_up: int


def kinds_of_letters() -> list[KindRow]:
    """Return every kind, in the order of the choices. One statement."""
    rows: dict[str, list[LetterTemplate]] = {}
    for row in LetterTemplate.objects.order_by("kind", "in_force_at", "number"):
        rows.setdefault(row.kind, []).append(row)
    found = []
    for kind, label in Letter.Kind.choices:
        of_kind = rows.get(str(kind), [])
        used = [row for row in of_kind if row.in_force_at]
        last = max((row.number for row in used), default=0)
        unused = sum(1 for row in of_kind if not row.in_force_at and row.number > last)
        in_force = max(used, key=lambda row: (row.in_force_at, row.number), default=None)
        found.append(KindRow(str(kind), str(label), in_force, unused))
    return found


def versions(kind: str) -> list[LetterTemplate]:
    """Return the versions of a kind's template, the newest first."""
    return list(LetterTemplate.objects.filter(kind=kind).select_related("written_by").order_by("-number"))


def in_force(kind: str) -> LetterTemplate | None:
    """Return the version that is used now, or None where it is the shipped one."""
    rows = LetterTemplate.objects.filter(kind=kind, in_force_at__isnull=False)
    return rows.order_by("-in_force_at", "-number").first()


def text_before(version: LetterTemplate) -> tuple[str, str]:
    """Return what a version is to be compared with, and its name: what is in force, or was when it came."""
    rows = LetterTemplate.objects.filter(kind=version.kind, in_force_at__isnull=False).exclude(pk=version.pk)
    if version.in_force_at:
        rows = rows.filter(in_force_at__lt=version.in_force_at)
    before = rows.order_by("-in_force_at", "-number").first()
    return (before.text, f"version {before.number}") if before else (shipped_words(version.kind), "the shipped one")


def difference(before: str, after: str) -> list[Line]:
    """Return both texts line by line, empty ones left out, with what was taken out and what was put in."""
    named = {"  ": "same", "+ ": "added", "- ": "removed"}
    old, new = ([line for line in text.splitlines() if line.strip()] for text in (before, after))
    lines = difflib.ndiff(old, new)
    return [Line(named[line[:2]], line[2:]) for line in lines if line[:2] in named]


def fields_of(kind: str) -> list[Field]:
    """Return what a template of a kind may name."""
    return list(KINDS[kind].fields.values())


def must_of(kind: str) -> tuple[str, ...]:
    """Return what a template of a kind has to name."""
    return KINDS[kind].must


def faults_of(kind: str, text: str) -> list[str]:
    """Return a sentence for everything that keeps a text from being the template of a kind."""
    return faults(text, KINDS[kind], confidential_names())


@cache
def confidential_names() -> frozenset[str]:
    """Return the keys of all questions, of whatever form, whose answers are not public."""
    return frozenset(_confidential())


def _confidential() -> Iterator[str]:
    for key in questionnaires.KEYS:
        for question in questionnaires.get(key).questions:
            if question.visibility is not Visibility.PUBLIC:
                yield question.key


def last_letter(petition: Petition, kind: str) -> Letter | None:
    """Return the last letter of a kind that a petition got."""
    found = Letter.objects.filter(petition=petition, kind=kind).select_related("petition__round")
    return found.order_by("-issued_at", "-pk").first()


def cases_with(kind: str, by: User, at: datetime) -> list[str]:
    """Return references of the last cases that got a letter of a kind and are open to a person, five at most."""
    seen = Petition.objects.visible_to(by, at).filter(pk__in=Letter.objects.filter(kind=kind).values("petition"))
    return [str(one) for one in seen.order_by("-reference").values_list("reference", flat=True)[:5]]


def letters_waiting(most_attempts: int) -> Waiting:
    """Return how many letters are still to be set; those with so many attempts were given up."""
    found = PendingLetter.objects.aggregate(
        all=Count("pk"), given_up=Count("pk", filter=Q(attempts__gte=most_attempts))
    )
    return Waiting(found["all"], found["given_up"])
