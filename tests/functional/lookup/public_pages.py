"""Every public page, by the name of its address: what is tried by keyboard and at 400 % zoom.

Complete by construction: a name of the public wings is a page here, or says below why it is none.
"""

from collections.abc import Iterator, Mapping

from django.urls import URLPattern, reverse

from exclusions.models import Exclusion, Petition
from exclusions.queries.lookup.help_pages import PAGES as HELP
from exclusions.urls import lookup, public

NUMBER = "6810.99.0010"
# What is asked of a page, beside the page itself: "" is the page without anything asked.
ASKED: Mapping[str, tuple[str, ...]] = {
    "search": ("", "?q=slabs", "?q=unicorns"),
    "tariff": ("", "?q=slabs", "?q=6810", "?q=6810&as_of=soon"),
    "tariff-number": ("", "?value=1000"),
    "fit": ("", f"?hts={NUMBER}&text=Slabs+of+quartz"),
    "docket": ("", "?q=quartz", "?q=unicorns"),
    "exclusions": ("", "?standing=any"),
}
FILES = "a file or a feed, which no browser shows as a page"
BY_LINK = "reached by a link in a mail; tests/functional/public tries it in its own story"
OF_A_ROUND = "tests/functional/notices tries it with a round that lists exclusions, or with a published notice"
NO_PAGE = {
    **dict.fromkeys(("security-txt", "security-policy", "anchors-text", "robots", "favicon"), FILES),
    **dict.fromkeys(("docket-export", "docket-feed", "docket-document", "docket-dump"), FILES),
    **dict.fromkeys(("exclusion-export", "rounds-feed", "watch-feed", "context-table", "statistics-table"), FILES),
    **dict.fromkeys(("sitemap", "sitemap-part", "published-notice-file"), FILES),
    **dict.fromkeys(("docket-respond-confirm", "docket-respond-withdraw", "docket-respond-replace"), BY_LINK),
    **dict.fromkeys(("docket-respond-many", "docket-respond-many-sent"), "of who is signed in; a story of its own"),
    "docket-respond-many-confirm": BY_LINK,
    **dict.fromkeys(("docket-respond-take-down", "docket-response-take-down", "docket-reply"), BY_LINK),
    **dict.fromkeys(("watch-confirm", "watch-stop", "verify-letter"), BY_LINK),
    **dict.fromkeys(("listed", "listed-exclusion", "published-notice"), OF_A_ROUND),
}


def names() -> set[str]:
    """Return the names of all addresses of the two wings, and of the API's one page."""
    found = {str(one.name) for wing in (public, lookup) for one in wing.urlpatterns if isinstance(one, URLPattern)}
    return found | {"api-docs"}


def addresses(posted: Petition, exclusion: Exclusion) -> dict[str, list[str]]:
    """Return the addresses of each page, by name, on a site with this petition and this exclusion."""
    about = {
        "docket-petition": [[posted.reference]],
        "docket-respond": [[posted.reference]],
        "docket-respond-sent": [[posted.reference]],
        "exclusion": [[exclusion.reference]],
        "tariff-number": [[NUMBER]],
        "round": [[posted.round.slug]],
        "round-versions": [[posted.round.slug]],
        "help-page": [[page.slug] for page in HELP],
    }
    return {name: list(_of(name, about.get(name, [[]]))) for name in sorted(names() - NO_PAGE.keys())}


def _of(name: str, arguments: list[list[str | None]]) -> Iterator[str]:
    for these in arguments:
        for asked in ASKED.get(name, ("",)):
            yield f"{reverse(name, args=these)}{asked}"
