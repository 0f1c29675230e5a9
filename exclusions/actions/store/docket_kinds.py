"""Counting the whole docket ahead, so that no page of it does: how many petitions of each docket, stage and chapter."""

from datetime import datetime

from django.db import transaction

from exclusions.models import CountedFigures, DocketVersion
from exclusions.queries.public.docket_counts import WHOLE, count_whole


def count_docket(*, at: datetime) -> bool:
    """Count the docket where it has changed since it was counted last; return whether it was counted.

    One statement goes through the whole docket; where nothing changed, what was counted is so at this moment, too, and
    says it. The clock calls this, and so does whoever writes many at once.
    """
    with transaction.atomic():
        version = DocketVersion.current()
        kept = CountedFigures.objects.filter(slug=WHOLE).order_by("slug").first()
        if kept is not None and kept.version == version:
            CountedFigures.objects.filter(pk=kept.pk, counted_at__lt=at).update(counted_at=at)
            return False
        CountedFigures.objects.update_or_create(
            slug=WHOLE, defaults={"counted_at": at, "version": version, "figures": count_whole()}
        )
    return True
