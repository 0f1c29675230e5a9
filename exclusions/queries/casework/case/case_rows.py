"""All that staff put on the record of a case, with the people in it, as the pages of a case read it."""

from collections.abc import Iterable, Set
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, QuerySet, prefetch_related_objects

from exclusions.models import (
    Assignment,
    CommitteeAssessment,
    ConfidentialityRefusal,
    ConsistencyReview,
    CustomsOpinion,
    Decision,
    Document,
    Event,
    Finding,
    LeakSettlement,
    LegalReview,
    Letter,
    Petition,
    PetitionVersion,
    ProductDraft,
    Quarantine,
    Recommendation,
    Response,
    TextMark,
    User,
)
from exclusions.permissions.likes.departing import with_departures
from exclusions.workflow.roles import Role
from exclusions.workflow.states import Status
from exclusions.workflow.transitions import from_status


def texts(shown_to: User | None = None) -> QuerySet[ProductDraft]:
    """Return product texts, each with the opinions on it; of both what intake does not hold back from a person, where
    one is named.
    """
    found, opinions = ProductDraft.objects.all(), CustomsOpinion.objects.all()
    if shown_to is not None:
        found, opinions = found.shown_to(shown_to), opinions.shown_to(shown_to)
    opinions = opinions.select_related("given_by", "screening").order_by("given_at", "pk")
    rows: QuerySet[ProductDraft] = found.select_related("drafted_by", "screening")
    return rows.prefetch_related(Prefetch("opinions", queryset=opinions))


# What stands on record of a petition, by its relation, with the people and other rows that pages print beside it.
ENTRIES: dict[str, QuerySet[Any]] = {
    "assessments": CommitteeAssessment.objects.select_related("made_by"),
    "assignments": Assignment.objects.select_related("user"),
    "confidentiality_refusals": ConfidentialityRefusal.objects.all(),
    "consistency_reviews": ConsistencyReview.objects.select_related("made_by"),
    "drafts": texts(),
    "findings": Finding.objects.select_related("made_by"),
    "leak_settlements": LeakSettlement.objects.all(),
    "legal_reviews": LegalReview.objects.select_related("made_by"),
    "recommendations": Recommendation.objects.select_related("made_by"),
    "versions": PetitionVersion.objects.all(),
}
CONCLUSIONS = ("assessments", "legal_reviews", "recommendations")
BY_LEVEL = ("findings", "recommendations")
_OF_DESKS = frozenset({*CONCLUSIONS, *BY_LEVEL, "consistency_reviews"})
# What the gates of transitions ask that can be offered before anything is entered.
_ASKED_BY: dict[str, tuple[str, ...]] = {
    "another_level2_reviewer": ("recommendations",),
    "codes_found": ("findings", "legal_reviews", "recommendations"),
    "committee_assessed": ("assessments",),
    "confidentiality_screened": ("confidentiality_refusals", "leak_settlements", "versions"),
    "consistency_recorded": ("consistency_reviews", *CONCLUSIONS),
    "customs_has_no_objection": ("drafts",),
    "customs_objects": ("drafts",),
    "departure_reasoned": CONCLUSIONS,
    "every_criterion_found": ("findings",),
    "legal_favours_denial": ("legal_reviews",),
    "legal_favours_grant": ("legal_reviews",),
    "not_the_level1_reviewer": ("recommendations",),
    "recommendation_made": ("recommendations",),
    "text_cleared": ("drafts",),
    "text_drafted": ("drafts",),
    "text_withheld": ("drafts",),
}
# Most cases have none of these, and then nobody looks for them.
_MAY_BE_NONE: dict[str, QuerySet[Any]] = {
    "assessments": CommitteeAssessment.objects.all(),
    "confidentiality_refusals": ConfidentialityRefusal.objects.all(),
    "consistency_reviews": ConsistencyReview.objects.all(),
    "decisions": Decision.versions.all(),
    "departures": with_departures(),
    "drafts": ProductDraft.objects.all(),
    "files": Document.objects.all(),
    "findings": Finding.objects.all(),
    "leak_settlements": LeakSettlement.objects.all(),
    "legal_reviews": LegalReview.objects.all(),
    "letters": Letter.objects.all(),
    "quarantines": Quarantine.objects.filter(restored_at__isnull=True),
    "recommendations": Recommendation.objects.all(),
    "responses": Response.objects.all(),
    "text_marks": TextMark.objects.all(),
}


def with_marks(rows: QuerySet[Petition]) -> QuerySet[Petition]:
    """Return the petitions with a mark for each kind of row that most have none of: `has_drafts` and the like."""
    of_petition = {name: of.filter(petition=OuterRef("pk")) for name, of in _MAY_BE_NONE.items()}
    return rows.annotate(**{f"has_{name}": Exists(of) for name, of in of_petition.items()})


def may_have(petition: Petition, name: str) -> bool:
    """Say whether rows of a kind have to be looked for: not, where the petition was read with the mark that says no."""
    return bool(getattr(petition, f"has_{name}", True))


def read_head(petition: Petition, roles: Set[Role], *, level1: bool = True, entries: bool = True) -> None:
    """Read what the head of each page of a case says, and what its buttons ask that are for these roles.

    `entries`: whether the page shows what each desk entered. As `read_entries` reads.
    """
    transitions = [one for one in from_status(Status(petition.status)) if one.roles & roles]
    gates = [gate for one in transitions for gate in one.gates]
    shown = ("findings",) if entries else ()
    names = ["assignments", *shown, *(name for gate in gates for name in _ASKED_BY.get(gate, ()))]
    read_entries(petition, dict.fromkeys(names), level1=level1, people=entries)


def read_entries(petition: Petition, names: Iterable[str], *, level1: bool = True, people: bool = True) -> None:
    """Read these relations of a petition, as `prefetch_related` does; what is read already stays.

    Without `level1`, leave out what level 1 put on record; without `people`, who made what, but for who has the case.
    Call it on a petition that is read for a page.
    """
    prefetch_related_objects([petition], *[Prefetch(name, _wanted(petition, name, level1, people)) for name in names])


def _wanted(petition: Petition, name: str, level1: bool, people: bool) -> QuerySet[Any]:
    if not may_have(petition, name):
        return _MAY_BE_NONE[name].none()
    rows = ENTRIES[name].order_by("pk")
    if not people and name in _OF_DESKS:
        rows = rows.select_related(None)
    return rows if level1 or name not in BY_LEVEL else rows.exclude(level=1)


def events_of(petition: Petition, *, level1: bool = True) -> list[Event]:
    """Return what happened, oldest first; without `level1`, not what level 1 did."""
    rows = Event.objects.filter(subject=f"petition:{petition.pk}").select_related("by").order_by("sequence")
    return list(rows if level1 else rows.exclude(role=Role.REVIEWER1))


def letters_of(petition: Petition) -> list[Letter]:
    """Return the letters, oldest first, each with the code of the one that supersedes it, `next_code`."""
    if not may_have(petition, "letters"):
        return []
    return list(petition.letters.annotate(next_code=F("superseded_by__code")).order_by("issued_at", "pk"))


def decisions_of(petition: Petition) -> list[Decision]:
    """Return every decision that was ever signed, newest first, with its exclusion and how it was reopened."""
    if not may_have(petition, "decisions"):
        return []
    found = list(
        Decision.versions.filter(petition=petition)
        .select_related("signed_by", "exclusion", "reopening")
        .order_by("-version")
    )
    for decision in found:
        decision.petition = petition
    return found
