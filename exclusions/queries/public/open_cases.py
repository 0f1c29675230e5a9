"""Petitions that take responses now, as everybody sees them: by round, by what the docket is asked, by reference."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from exclusions.models.public import PublicPetition
from exclusions.models.round import Round
from exclusions.workflow.states import Stage


def open_cases(rows: "QuerySet[PublicPetition]", at: datetime) -> "QuerySet[PublicPetition]":
    """Return those of the petitions whose response period runs at the moment."""
    return rows.filter(stage=Stage.STAGE1, historical=False, response_closes_at__gte=at)


def responding_rounds(at: datetime) -> list[Round]:
    """Return the rounds in force that have petitions open for responses at the moment, by docket."""
    of_round = PublicPetition.objects.filter(round__slug=OuterRef("slug"))
    rounds = Round.objects.current().filter(Exists(open_cases(of_round, at))).order_by("docket", "slug")
    return [round for round in rounds if round.accepts_responses]


def references_open(rows: "QuerySet[PublicPetition]", round: Round, at: datetime, most: int) -> list[str]:
    """Return the references of the petitions of a round that take responses now, in order; at most so many."""
    found = open_cases(rows, at).filter(round__slug=round.slug).order_by("reference")
    return list(found.values_list("reference", flat=True)[:most])


def public_cases(references: Collection[str]) -> dict[str, PublicPetition]:
    """Return the posted petitions of these references as the docket lists them, each with its round."""
    rows = PublicPetition.objects.filter(reference__in=list(references)).select_related("round")
    columns = ("reference", "product_name", "organization_name", "hts10", "response_closes_at", "round")
    return {row.reference: row for row in rows.only(*columns, "round__slug", "round__title", "round__docket")}
