"""Which cases can be written again: those of a demonstration, with a lawful history and nothing else to them."""

from collections.abc import Iterator

from django.apps import apps
from django.db import models

from exclusions.actions.record.events import petition_subject
from exclusions.models import (
    Argument,
    ArgumentAnswer,
    CommitteeAssessment,
    ConsistencyReview,
    Cure,
    Decision,
    Event,
    Finding,
    LegalReview,
    Letter,
    Petition,
    PetitionVersion,
    ProductDraft,
    Recommendation,
    Response,
    Screening,
    StoredCase,
    TextMark,
)
from exclusions.workflow.states import Status
from exclusions.workflow.transitions import TRANSITIONS

# Of a petition, beside its versions, responses and drafts; rows to which no other row refers.
ENTRIES = (
    Finding, Recommendation, ConsistencyReview, LegalReview, CommitteeAssessment, Cure, Decision, TextMark, Argument,
)  # fmt: skip
# Letters are not repeated; the row of the store is made anew.
FAMILY = (*ENTRIES, Letter, StoredCase, PetitionVersion, Response, ProductDraft, Screening)


def repeat_refusal(example: Petition) -> str:
    """Return why a case cannot be repeated, as a sentence; "" where it can."""
    if not example.round.is_demo:
        return "Only demonstration cases are repeated."
    if example.filer_organization_id or example.status == Status.DRAFT:
        return f"{example} is a draft, or was filed by a firm under an authorization of its own."
    for model, field in _relations(Petition):
        if model not in FAMILY and model._base_manager.filter(**{field: example}).exists():
            return f"{example} has rows of {model._meta.verbose_name_plural}, which are not repeated."
    if Decision.versions.filter(petition=example, version__gt=1).exists():
        return f"{example} has a decision that was superseded."
    if ArgumentAnswer.objects.filter(argument__petition=example).exists():
        return f"{example} has arguments that were answered one by one, which are not repeated."
    return _unlawful(example)


def _unlawful(example: Petition) -> str:
    """Return what in the history of a case the table of transitions does not know, or ""."""
    status = ""
    for event in Event.objects.filter(subject=petition_subject(example)).order_by("sequence"):
        if not event.to_status or event.kind == "start":
            status = event.to_status or status
            continue
        transition = TRANSITIONS.get(event.kind)
        if transition is None or event.from_status != status or status not in transition.sources:
            return f"{example}: “{event.kind}” does not lead on from “{status}”."
        if event.to_status != transition.target or event.role not in transition.roles:
            return f"{example}: “{event.kind}” was not taken by the rules."
        status = event.to_status
    return "" if status == example.status else f"{example} is not where its history ends."


def _relations(to: type[models.Model]) -> Iterator[tuple[type[models.Model], str]]:
    for model in apps.get_app_config("exclusions").get_models():
        for field in model._meta.concrete_fields:
            if field.related_model is to:
                yield model, field.name
