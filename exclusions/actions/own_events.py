"""Telling programs what happened to the petitions of their person or firm: which, when and what, and no word of theirs.

Who may work on a petition is asked when an event is queued, and again each time that it is posted.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from exclusions.actions.webhooks import queue_event
from exclusions.models import Subscription, ToldNews
from exclusions.queries.importer.own_events import OwnEvent, covered, events_after, person_at, references_of
from exclusions.workflow.deadlines import eastern_date

LISTED = 50  # events that one message names


def tell_own(watches: Sequence[Subscription], *, at: datetime) -> list[str]:
    """Queue for each watch what happened since to its petitions, each event once; return a line a watch."""
    found, last = events_after(min(watch.seen_event for watch in watches), at)
    told = []
    for watch in watches:
        fresh = _untold(watch, covered(found, watch.confirmed_at))
        asked = {one.petition for one in fresh}
        references = references_of(person_at(watch.email), watch.key, asked, at) if asked else {}
        events = [one for one in fresh if one.petition in references]
        number = _queue(watch, events, references, at) if events else 0
        if number:
            told.append(f"{watch.get_kind_display()}: {number}")
    Subscription.objects.filter(pk__in=[watch.pk for watch in watches], seen_event__lt=last).update(seen_event=last)
    return told


def _queue(watch: Subscription, events: Sequence[OwnEvent], references: Mapping[UUID, str], at: datetime) -> int:
    with transaction.atomic():
        # Another clock may have told it meanwhile, or its owner has stopped it.
        if not Subscription.objects.select_for_update().filter(pk=watch.pk).exists():
            return 0
        fresh = _untold(watch, events)
        ToldNews.objects.bulk_create([ToldNews(subscription=watch, fact=one.fact, told_at=at) for one in fresh])
        for first in range(0, len(fresh), LISTED):
            listed = [_listed(one, references[one.petition]) for one in fresh[first : first + LISTED]]
            queue_event(watch, "own.news", {"events": listed}, at=at)
    return len(fresh)


def _untold(watch: Subscription, events: Sequence[OwnEvent]) -> list[OwnEvent]:
    """Return the events that the watch was not told of yet. One statement."""
    told = ToldNews.objects.filter(subscription=watch, fact__in=[one.fact for one in events])
    known = set(told.values_list("fact", flat=True)) if events else set()
    return [one for one in events if one.fact not in known]


def _listed(event: OwnEvent, reference: str) -> dict[str, Any]:
    return {
        "fact": event.fact,
        "kind": event.kind,
        "reference": reference,
        "day": eastern_date(event.at).isoformat(),
        "url": settings.BASE_URL + reverse("api-petition", args=[event.petition]),
    }
