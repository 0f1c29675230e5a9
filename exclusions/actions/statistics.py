"""Counting the docket anew, now and then, so that its page of statistics does not count."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from exclusions.models import CountedFigures, DocketVersion
from exclusions.queries.lookup.inside_counts import agreement_as_a_whole, days_in_stages
from exclusions.queries.lookup.statistics.figures import AGREEMENT, PUBLIC, STAGES
from exclusions.queries.public.docket_counts import WHOLE

COUNTS: Mapping[str, Callable[[], Any]] = {**PUBLIC, AGREEMENT: agreement_as_a_whole, STAGES: days_in_stages}
REST = timedelta(minutes=15)  # a docket that changes all day is counted this often
DAY = timedelta(days=1)  # what is counted from inside changes without the docket


def keep_statistics(*, at: datetime, at_once: bool = False) -> bool:
    """Count everything and keep it, where the docket has changed and the last count is old enough; return whether.

    `at_once` counts in any case, as after a load.
    """
    if not at_once and not _due(at):
        return False
    with transaction.atomic():
        version = DocketVersion.current()
        for slug, count in COUNTS.items():
            CountedFigures.objects.update_or_create(
                slug=slug, defaults={"counted_at": at, "version": version, "figures": count()}
            )
        CountedFigures.objects.exclude(slug__in=[*COUNTS, WHOLE]).delete()
    return True


def _due(at: datetime) -> bool:
    kept = list(CountedFigures.objects.filter(slug__in=COUNTS).values_list("counted_at", "version"))
    if len(kept) < len(COUNTS):
        return True
    age = at - min(counted_at for counted_at, _ in kept)
    changed = min(version for _, version in kept) < DocketVersion.current()
    return age >= DAY or (changed and age >= REST)
