"""Deadlines of a petition as messages carry them: public facts, from which the calendar file is made at sending."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from exclusions.actions.record.addresses import page_address
from exclusions.gateways.calendar_file import Entry, calendar_file
from exclusions.models import Petition
from exclusions.workflow.deadlines import in_words

# What ends, as a calendar shows it; the keys are those of `queries.importer.deadlines`.
TITLES = {
    "window": "Filing window closes",
    "cure": "Last day to correct",
    "respond": "Responses close",
    "reply": "Last day to reply",
}


def in_calendar(petition: Petition, kind: str, due_at: datetime) -> dict[str, str]:
    """Return one deadline of a petition as a message's context holds it: nothing that a mailbox may not know."""
    name = petition.reference or "draft petition"
    url = page_address("petition", petition.pk)
    return {
        "uid": f"{kind}-{petition.pk}-{due_at:%Y%m%d}@{urlsplit(settings.BASE_URL).hostname}",
        "due_at": due_at.isoformat(),
        "title": f"{TITLES[kind]}: {name}",
        "text": f"{TITLES[kind]}, {name}: {in_words(due_at)} (New York time). {url}",
        "url": url,
    }


def as_calendar(found: Sequence[Mapping[str, Any]], *, made_at: datetime) -> bytes:
    """Return the calendar file of deadlines as `in_calendar` gives them."""
    entries = [
        Entry(one["uid"], datetime.fromisoformat(one["due_at"]), one["title"], one["text"], one["url"]) for one in found
    ]
    return calendar_file(entries, made_at=made_at)
