"""The head of every letter: what it says of its case, of the record behind it, and how it is verified."""

from datetime import datetime
from typing import Any

from django.conf import settings

from exclusions import hts
from exclusions.actions.record.addresses import page_address
from exclusions.actions.record.events import petition_subject
from exclusions.actions.record.many.batch import Batch
from exclusions.models import Anchor, Event, Petition
from exclusions.queries.casework.case.determinations import action_of


def head_of(
    petition: Petition, code: str, at: datetime, action: str = "", batch: Batch | None = None
) -> dict[str, Any]:
    """Return what every letter says of its case, and how it is verified."""
    return {
        "issued_at": at,
        "reference": petition.reference or "",
        "docket": petition.round.docket,
        "organization": petition.organization.legal_name,
        "product_name": petition.product_name,
        "hts10": hts.dotted(petition.hts10),
        "action": action or _action_name(petition, batch),
        "round": petition.round.title,
        "citation": petition.round.citation,
        "contact": settings.OFFICE_CONTACT,
        "verification_code": code,
        "verify_url": page_address("verify-letter", code),
        "is_demo": petition.round.is_demo,
        **record_state(petition, batch),
    }


def record_state(petition: Petition, batch: Batch | None = None) -> dict[str, str]:
    """Return what a letter prints of the record: the head of its case (number and hash) and the last day's digest."""
    if batch:
        sequence, digest = batch.head(petition)
        anchor = batch.anchor
    else:
        chain = Event.objects.filter(subject=petition_subject(petition)).values_list("sequence", "hash")
        sequence, digest = chain.order_by("-sequence").first() or (0, "")
        anchor = Anchor.objects.order_by("-day").first()
    return {
        "head": f"{sequence}:{digest}" if sequence else "",
        "anchor": anchor.digest if anchor else "",
        "anchor_day": anchor.day.isoformat() if anchor else "",
    }


def _action_name(petition: Petition, batch: Batch | None) -> str:
    action = batch.action_of(petition) if batch else action_of(petition)
    return action.name if action else "the action of the procedure"
