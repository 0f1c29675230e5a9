"""The public docket: its pages, one petition, and the facts around them. Reads the public tables only."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from exclusions.gateways.shared_cache import remembered
from exclusions.models.public import (
    DocketVersion,
    PublicDocument,
    PublicPetition,
    PublicResponse,
    Tombstone,
)
from exclusions.models.round import Round, RoundOrder
from exclusions.queries.public.deadline_reasons import reply_reason, response_reason
from exclusions.queries.public.round_facts import orders_of
from exclusions.workflow.deadlines import window_open

KEEP = 3600  # seconds
NEWEST_FIRST = ("-posted_on", "-reference")


def key_of(parameters: Mapping[str, Any]) -> str:
    """Return a short key of a set of filters, the same whatever their order."""
    plain = urlencode([(name, value) for name, value in sorted(parameters.items()) if str(value)])
    return hashlib.sha256(plain.encode()).hexdigest()[:24]


@dataclass(frozen=True)
class PetitionPage:
    """What the page of one petition shows."""

    petition: PublicPetition
    steps: list[tuple[str, list[dict[str, Any]]]]
    responses: list[PublicResponse]
    respond_until: datetime | None
    orders: list[RoundOrder]  # about its round, newest first

    @property
    def lost_responses(self) -> list[dict[str, Any]]:
        """The responses that were taken down, for their places."""
        return [item for item in self.petition.taken_down if item["what"] == "Response"]

    @property
    def pause(self) -> RoundOrder | None:
        """The order by which the round of the petition is paused now, or None."""
        last = next((order for order in self.orders if order.kind in ("pause", "resume")), None)
        return last if last and last.kind == "pause" else None

    @property
    def respond_why(self) -> str:
        """Why the response period ends when it does."""
        petition = self.petition
        if petition.round is None or petition.posted_on is None:
            return ""
        return response_reason(petition.round, petition.posted_on, petition.response_closes_at, self.orders)

    @property
    def reply_why(self) -> str:
        """Why the last period to reply ends when it does."""
        found = [one for one in self.responses if one.reply_closes_at == self.petition.reply_closes_at]
        return self.reply_why_of(found[0]) if found else ""

    def reply_why_of(self, response: PublicResponse) -> str:
        """Return why the period to reply to a response ends when it does."""
        petition = self.petition
        if petition.round is None or petition.posted_on is None:
            return ""
        ends = response.reply_closes_at
        return reply_reason(petition.round, petition.posted_on, response.posted_at, ends, self.orders)

    @property
    def lost_documents(self) -> list[dict[str, Any]]:
        """The documents that were taken down, for their places."""
        return [item for item in self.petition.taken_down if item["what"] == "Document"]


def petition_page(reference: str, at: datetime) -> PetitionPage | None:
    """Return a posted petition with its answers by step, responses, replies and files; None when there is none."""
    known = _kept_petition(reference)
    if known is None:
        return None
    petition, orders = known
    steps: dict[str, list[dict[str, Any]]] = {}
    for row in petition.answers:
        steps.setdefault(row["step"], []).append(row)
    closes = petition.response_closes_at
    open_now = (
        petition.stage == "stage1" and closes is not None and window_open(None, closes, at) and not petition.historical
    )
    page = PetitionPage(petition, list(steps.items()), list(petition.responses.all()), None, orders)
    stands = page.pause is not None and page.pause.clocks_stand
    return replace(page, respond_until=closes if open_now and not stands else None)


def _kept_petition(reference: str) -> tuple[PublicPetition, list[RoundOrder]] | None:
    """Return a posted petition with all that its page shows, and the orders about its round, newest first.

    They are remembered under the docket's version; None where there is no such petition.
    """
    kept = f"docket:{version()}:petition:{key_of({'reference': reference})}"
    known: tuple[PublicPetition, list[RoundOrder]] | None = remembered.get(kept)
    if known is None:
        found = _whole().filter(reference=reference).order_by("pk").first()
        if found is not None:
            known = found, orders_of(found.round) if found.round else []
            remembered.set(kept, known, KEEP)
    return known


def _whole() -> "QuerySet[PublicPetition]":
    return PublicPetition.objects.select_related("round", "exclusion").prefetch_related(
        Prefetch("documents", PublicDocument.objects.order_by("file_name", "pk")),
        Prefetch("responses", PublicResponse.objects.order_by("posted_at", "reference")),
        Prefetch("responses__documents", PublicDocument.objects.order_by("file_name", "pk")),
    )


def whole_petitions(references: Sequence[str]) -> dict[str, PublicPetition]:
    """Return the posted petitions of these references, each with responses and files, as its own page has it."""
    return {petition.reference: petition for petition in _whole().filter(reference__in=references)}


def posted_response(reference: str, response: str) -> PublicResponse | None:
    """Return a posted response to a petition with its public files, or None where it is not public."""
    files = Prefetch("documents", PublicDocument.objects.order_by("file_name", "pk"))
    return (
        PublicResponse.objects.prefetch_related(files).filter(petition__reference=reference, reference=response).first()
    )


def public_file(reference: str, key: UUID) -> PublicDocument | None:
    """Return a public file of a posted petition, or None."""
    return PublicDocument.objects.select_related("petition").filter(petition__reference=reference, key=key).first()


def tombstone(reference: str, key: UUID | None = None) -> Tombstone | None:
    """Return what is left of a petition, or of a public file of it, that was taken down; None when none was."""
    graves = Tombstone.objects.filter(reference=reference).filter(Q(key=None) | Q(key=key))
    return graves.order_by("taken_down_at").first()


def dockets() -> list[tuple[str, str]]:
    """Return the dockets that a filter can offer, as (docket number, title), newest window first."""
    known: list[tuple[str, str]] | None = remembered.get("dockets")
    if known is None:
        known = list(Round.objects.current().order_by("-opens_at").values_list("docket", "title"))
        remembered.set("dockets", known, 60)
    return known


def version() -> int:
    """Return the number of the docket's last change; what is cached of the docket carries it."""
    return DocketVersion.current()


def last_changed(at: datetime) -> datetime | None:
    """Return when the docket last changed, in whole seconds; None where it is too early to tell.

    HTTP counts in seconds: of a second that is not over, a later change could not be told from an earlier one.
    """
    changed = DocketVersion.objects.filter(pk=1).values_list("changed_at", flat=True).first()
    over = changed is not None and (at - changed).total_seconds() >= 2
    return changed.replace(microsecond=0) if changed and over else None
