"""What every page is given: the links of its header, and the home of each role. Reads the signed-in user alone."""

from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix, get_urlconf, reverse

from exclusions.queries.casework.manual_pages import ManualPage, manual_of
from exclusions.views.core.session_time import session_facts
from exclusions.workflow.roles import Role

# The name of a route, and what its link says.
Link = tuple[str, str]

PUBLIC: list[Link] = [
    ("docket", "Docket"),
    ("exclusions", "Exclusions"),
    ("tariff", "Tariff look-up"),
    ("rounds", "Rounds"),
    ("statistics", "Statistics"),
]

HELP: Link = ("help", "Help")
MANUAL: Link = ("staff_manual", "Help")
MINE: list[Link] = [("petitions", "My petitions"), HELP]

REVIEW: Link = ("review", "Review")
CLUSTERS: Link = ("clusters", "Clusters")
ORGANIZATIONS: Link = ("staff-organizations", "Organizations")
TERMS: Link = ("terms", "Terms")
LETTERS: Link = ("letter-templates", "Letters")
PROPOSALS: Link = ("proposals", "To confirm")
RENUMBERING: Link = ("renumbering", "Renumbering")

# Customs sees product drafts alone, never a petition, so its people get no link to the worklist.
STAFF: dict[str, list[Link]] = {
    Role.INTAKE: [REVIEW, ("comments", "Comments"), ORGANIZATIONS, PROPOSALS],
    Role.REVIEWER1: [REVIEW, CLUSTERS, TERMS],
    Role.REVIEWER2: [REVIEW, CLUSTERS, TERMS],
    Role.LEGAL: [REVIEW, CLUSTERS, ("legal", "Legal"), ("amendments", "Amendments"), LETTERS, PROPOSALS],
    Role.DRAFTER: [REVIEW, CLUSTERS, RENUMBERING],
    Role.COMMITTEE: [REVIEW, CLUSTERS],
    Role.CUSTOMS: [("customs", "Customs")],
    Role.SIGNATORY: [REVIEW, CLUSTERS, ("sign", "Sign"), TERMS, LETTERS, PROPOSALS],
    Role.PUBLISHER: [REVIEW, ("notices", "Notices"), ("amendments", "Amendments"), TERMS, RENUMBERING, PROPOSALS],
    Role.AUDITOR: [
        REVIEW,
        CLUSTERS,
        ("review-accesses", "Access log"),
        ("review-agreement", "Agreement"),
        ("staff-events", "Outside cases"),
        LETTERS,
        PROPOSALS,
    ],
    Role.ADMIN: [
        ("admin:index", "Administration"),
        ("staff-accounts", "People"),
        ("staff-lists", "Tariff lists"),
        ORGANIZATIONS,
        RENUMBERING,
        PROPOSALS,
    ],
}

# Where the frame of every page leads, beside the links of its header. Of help pages the place in the address.
FRAME = ("home", "search", "review-search", "account_login", "account_signup", "welcome", "docket", "exclusions",
         "tariff", "fit", "refunds", "rounds", "statistics", "context", "petition-new", "verify", "watch",
         "help")  # fmt: skip
FRAME_HELP = ("questions", "glossary", "researchers", "contact", "privacy", "accessibility")

# The page on which each role finds its work. It is the home of whoever is signed in.
HOMES: dict[str, str] = {
    "": "petitions",
    Role.INTAKE: "review",
    Role.REVIEWER1: "review",
    Role.REVIEWER2: "review",
    Role.LEGAL: "legal",
    Role.DRAFTER: "review",
    Role.COMMITTEE: "review",
    Role.CUSTOMS: "customs",
    Role.SIGNATORY: "sign",
    Role.PUBLISHER: "notices",
    Role.AUDITOR: "review",
    # Not the administration itself: "View site" there leads home, and the menu with it is on pages of the site alone.
    Role.ADMIN: "proposals",
}


def home_of(role: str) -> str:
    """Return the name of the route that leads a signed-in person of that role to the work; "" is no role of staff."""
    return HOMES.get(role, HOMES[""])


def links_of(role: str) -> list[Link]:
    """Return the links of the header for a signed-in person: the public pages, those of the role, and its help.

    Of the public pages staff have the first three there, so that theirs stand in one line; the footer has them all.
    """
    return [*PUBLIC[:3], *STAFF[role], MANUAL] if role in STAFF else PUBLIC + MINE


def header(links: list[Link], path: str = "") -> list[dict[str, Any]]:
    """Return the links of a page's header; the one that leads to `path`, or to what lies above it, is the current."""
    found = _addresses(tuple(links), get_urlconf(), get_script_prefix())
    return [{"url": url, "label": label, "current": path.startswith(url)} for url, label in found]


@cache
def _addresses(links: tuple[Link, ...], urls: str | None, prefix: str) -> list[Link]:
    """Return the addresses of links under these URLs below the server's prefix; every page has some."""
    return [(reverse(route), label) for route, label in links]


@cache
def _frame(urls: str | None, prefix: str) -> dict[str, str]:
    """Return the addresses of the frame by their routes, as a template can say them; every page has all of them."""
    pages = {f"help_{page}": reverse("help-page", args=[page]) for page in FRAME_HELP}
    return {route.replace("-", "_"): reverse(route) for route in FRAME} | pages


def site(request: HttpRequest) -> dict[str, Any]:
    """Return `nav` (links with whether they lead to the page being shown), `demo`, `second_factor`, `session_facts`.

    Also `leads`: the addresses of the frame, each by its route (`leads.petition_new`; of help `leads.help_privacy`).
    Also `searches_cases`: whether the search in the header is that of the staff; `how_to`: the page of the staff manual
    about the page being shown, None for whoever is not of the staff.

    Runs no SQL of its own. Works on a request that never met the session middleware, since error pages are built from
    it too.
    """
    user = getattr(request, "user", None)
    links = [*PUBLIC, HELP]
    facts = how_to = None
    searches = False
    if user is not None and user.is_authenticated:
        links = links_of(user.role)
        searches = REVIEW in links
        facts = session_facts(request) if hasattr(request, "session") else None
        how_to = _how_to(request) if user.role else None
    return {
        "nav": header(links, request.path),
        "leads": _frame(get_urlconf(), get_script_prefix()),
        "demo": settings.DEMO,
        "second_factor": settings.STAFF_SECOND_FACTOR,
        "session_facts": facts,
        "searches_cases": searches,
        "how_to": how_to,
    }


def _how_to(request: HttpRequest) -> ManualPage | None:
    match = request.resolver_match
    return manual_of(match.url_name or "", str(match.kwargs.get("kind", ""))) if match else None
