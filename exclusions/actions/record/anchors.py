"""Anchors: a digest a day over the heads of all chains, to be copied by whoever wants to hold the record to it."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from exclusions.models import Anchor
from exclusions.models.public import anchor_digest, heads_digest
from exclusions.queries.record.chain_heads import head_now, heads_between
from exclusions.workflow.deadlines import eastern_date


def drop_anchor(*, at: datetime) -> Anchor | None:
    """Make the anchor of the day in New York and return it; None when that day, or a later one, has one already.

    It is over the last seal and the head of each chain of events that grew since the anchor before, whose digest it
    takes in: so it stands for all that was ever recorded.
    """
    day = eastern_date(at)
    try:
        with transaction.atomic():
            return _create_anchor(day, at)
    except IntegrityError:
        # Two clocks that run at the same moment find none; the day's anchor is the one that came first.
        if Anchor.objects.filter(day=day).exists():
            return None
        raise


def _create_anchor(day: date, at: datetime) -> Anchor | None:
    number, seal_hash = head_now()
    last = Anchor.objects.order_by("-day").first()
    if last is not None and last.day >= day:
        return None
    heads = heads_between(last.seal if last else 0, number)
    previous = last.digest if last else ""
    digest = anchor_digest(previous=previous, day=day, seal=number, seal_hash=seal_hash, heads=heads_digest(heads))
    return Anchor.objects.create(
        day=day, made_at=at, seal=number, seal_hash=seal_hash, chains=len(heads), previous=previous, digest=digest
    )
