"""What waits for a person of many petitions alike: the same question, and returned petitions to be filed again."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Min, Prefetch, QuerySet

from exclusions.facts.forms import petition_form
from exclusions.models import Cure, Document, Inquiry, Petition, PetitionVersion, Round, User
from exclusions.permissions.cures import changed_questions
from exclusions.permissions.importer.bulk_proofs import draft_digest
from exclusions.queries.importer.filing import PublicStep, public_steps
from exclusions.workflow.states import Status

LEAST = 2  # petitions that are asked alike


def _open(user: User, at: datetime) -> QuerySet[Inquiry]:
    owned = Petition.objects.owned_by(user, at).values("pk")
    ended = {"answer__isnull": True, "withdrawn_at__isnull": True, "lapsed_at__isnull": True}
    return Inquiry.objects.filter(petition__in=owned, closes_at__gte=at, **ended)


@dataclass(frozen=True)
class SameQuestion:
    """One question in the same words about several petitions: the first of them, how many, and the first last day."""

    key: int
    question: str
    number: int
    closes_at: datetime


def same_questions(user: User, at: datetime) -> QuerySet[Inquiry, tuple[object, ...]]:
    """Return the columns of each `SameQuestion` that waits for a person's answer, the first last day on top."""
    grouped = _open(user, at).order_by().values("question")
    counted = grouped.annotate(number=Count("petition", distinct=True), first=Min("pk"), closes=Min("closes_at"))
    rows = counted.filter(number__gte=LEAST).order_by("closes", "first")
    return rows.values_list("first", "question", "number", "closes")


def questions_as_read(rows: Iterable[tuple[object, ...]]) -> list[SameQuestion]:
    """Return the questions of some rows of `same_questions`."""
    return [SameQuestion(*row) for row in rows]  # type: ignore[arg-type]  # the columns are of its fields


def asked_alike(user: User, at: datetime, key: int) -> tuple[str, list[Inquiry]]:
    """Return the words of a question of the person's petitions, and where they wait for an answer; "" for no such one.

    Each petition is there once, by the last day to answer.
    """
    mine = Petition.objects.owned_by(user, at).values("pk")
    found = Inquiry.objects.filter(pk=key, petition__in=mine).order_by("pk").first()
    if found is None:
        return "", []
    rows = _open(user, at).filter(question=found.question).select_related("petition__organization")
    first = {row.petition_id: row for row in reversed(rows.order_by("closes_at", "pk"))}
    return found.question, sorted(first.values(), key=lambda row: (row.closes_at, row.pk))


def returned_rounds(user: User, at: datetime) -> list[tuple[str, str]]:
    """Return the rounds in which petitions of a person wait to be filed again, as (short name, title)."""
    rows = _returned(user, at).order_by("round__slug").values_list("round__slug", "round__title").distinct()
    return list(dict(rows).items())


def _returned(user: User, at: datetime) -> QuerySet[Petition]:
    return Petition.objects.owned_by(user, at).filter(status=Status.RETURNED)


def to_resubmit(user: User, at: datetime, slug: str) -> QuerySet[Petition]:
    """Return the returned petitions of a round with what their pages are made of, the next to lapse on top."""
    versions = PetitionVersion.objects.order_by("-number")
    files = Document.objects.order_by("pk")
    return (
        _returned(user, at)
        .filter(round__slug=slug)
        .select_related("round", "organization")
        .prefetch_related(
            Prefetch("versions", versions),
            Prefetch("documents", files),
            Prefetch("cures", Cure.objects.order_by("-number")),
        )
        .order_by("cure_closes_at", "reference")
    )


@dataclass(frozen=True)
class ToResubmit:
    """One returned petition as whoever certifies reads it; `digest` names its answers and files as they are shown.

    `points` are what it was returned for, each with whether the answer was changed since.
    """

    petition: Petition
    digest: str
    points: list[tuple[str, str, bool]]
    unchanged: bool
    public: list[PublicStep] = field(repr=False)

    @property
    def key(self) -> str:
        """What the box of the petition sends."""
        return f"{self.petition.pk}:{self.digest}"


def shown_to_resubmit(petitions: Iterable[Petition]) -> list[ToResubmit]:
    """Return petitions of `to_resubmit` as they are shown. No statement."""
    return [_shown_one(petition) for petition in petitions]


def _shown_one(petition: Petition) -> ToResubmit:
    form, versions = petition_form(petition.round), list(petition.versions.all())
    working = next((one for one in versions if one.sealed_at is None), None)
    sealed = next((one for one in versions if one.sealed_at is not None), None)
    answers = dict(working.answers) if working else {}
    files = list(petition.documents.all())
    changed = changed_questions(form, sealed.answers if sealed else {}, answers) if working else []
    cure = next(iter(petition.cures.all()), None)
    return ToResubmit(
        petition=petition,
        digest=draft_digest(petition, answers, [file for file in files if file.removed_at is None]),
        points=[(one["label"], one["remedy"], one["question"] in changed) for one in (cure.points if cure else [])],
        unchanged=not changed,
        public=public_steps(form, form.cleaned(answers), {str(file.pk): file.file_name for file in files}),
    )


def round_of(petitions: Iterable[Petition]) -> Round | None:
    """Return the round of the first of some petitions; None without any."""
    return next((petition.round for petition in petitions), None)
