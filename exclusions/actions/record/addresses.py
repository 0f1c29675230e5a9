"""Where the pages of the site are, and what ends when, as messages, letters and calendars write it."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from exclusions.models import Petition
from exclusions.workflow.deadlines import in_words

# What ends, as a calendar shows it; the keys are those of `queries.importer.deadlines`.
TITLES = {
    "window": "Filing window closes",
    "cure": "Last day to correct",
    "respond": "Responses close",
    "reply": "Last day to reply",
    "question": "Last day to answer the agency",
}


def page_address(route: str, *arguments: Any) -> str:
    """Return the whole address of a page, by the name of its route and what stands in it."""
    return settings.BASE_URL + reverse(route, args=arguments)


def in_calendar(petition: Petition, kind: str, due_at: datetime, *, of: str = "", why: str = "") -> dict[str, str]:
    """Return one deadline of a petition as a message's context holds it: nothing that a mailbox may not know.

    `of` is the reference of the response to which a reply is due, `why` the reason why the deadline stands there. A
    deadline that is moved keeps its name, so that a calendar moves its entry.
    """
    return due_in_calendar(petition.pk, petition.reference or "", kind, due_at, of=of, why=why)


def due_in_calendar(
    key: UUID, reference: str, kind: str, due_at: datetime, *, of: str = "", why: str = ""
) -> dict[str, str]:
    """Return the same of a petition by its key and reference ("" for a draft), or of a question about it: `of` is its
    number.
    """
    name = reference or "draft petition"
    url = page_address("petition", key)
    return {
        "uid": f"{kind}{f'-{of}' if of else ''}-{key}@{urlsplit(settings.BASE_URL).hostname}",
        "due_at": due_at.isoformat(),
        "title": f"{TITLES[kind]}: {name}",
        "text": f"{TITLES[kind]}, {name}: {in_words(due_at)} (New York time). {f'{why} ' if why else ''}{url}",
        "url": url,
    }
