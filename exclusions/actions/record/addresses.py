"""Where the pages of the site are, and what ends when, as messages, letters and calendars write it."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

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
}


def page_address(route: str, *arguments: Any) -> str:
    """Return the whole address of a page, by the name of its route and what stands in it."""
    return settings.BASE_URL + reverse(route, args=arguments)


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
