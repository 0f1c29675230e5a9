"""Telling those who filed that an exclusion ends soon: by letter and mail, sixty days ahead, once for each term."""

from datetime import datetime

from django.db import transaction

from exclusions.actions.record.addresses import page_address
from exclusions.actions.record.events import notify
from exclusions.actions.record.letters import expiry_letter
from exclusions.actions.record.transition import lock
from exclusions.days import in_full
from exclusions.models import Decision, ExclusionTerm
from exclusions.queries.notices.expiring import ending_soon, untold


def tell_of_expiry(*, at: datetime) -> list[str]:
    """Issue a letter on each petition whose exclusion ends within sixty days; return their references.

    Each in a transaction of its own; two clocks at once issue one.
    """
    return [
        str(decision.petition.reference)
        for term in ending_soon(at)
        for decision in untold(term)
        if _tell(decision, term, at)
    ]


def _tell(decision: Decision, term: ExclusionTerm, at: datetime) -> bool:
    with transaction.atomic():
        petition = lock(decision.petition)
        if term.valid_to is None or not untold(term).filter(petition=petition).exists():
            return False
        decision.petition = petition
        expiry_letter(decision, term, at=at)
        notify(
            to=petition.filed_by.email,
            template="general",
            subject=f"{petition.reference}: the exclusion ends on {in_full(term.valid_to)}; a letter says more",
            context={"reference": petition.reference or "", "url": page_address("petition", petition.pk)},
            at=at,
        )
    return True
