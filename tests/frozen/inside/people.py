"""Where each person begins: addresses that no page leads to, and each tab of a case in each state."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps

OUTSIDE = ("importer", "rival", "filer", "redwood", "northgate")
STAFF = (
    *("intake", "reviewer1", "reviewer2", "second2", "legal", "drafter", "customs", "committee"),
    *("signatory", "publisher", "auditor", "admin", "admin2"),
)
TABS = ("evidence/", "like/", "text/", "events/", "findings/", "notes/", "statements/", "own-view/", "quarantine/",
        "agree/", "post/", "return/")  # fmt: skip
SEE_ALL = {"reviewer2", "legal", "auditor"}  # each state of a case is opened by these; by the others some
API = "/api/v1"
SEARCHES = (
    "water pump",
    "brest pump",
    "bomba de agua",
    "8413.70.2004",
    "8413",
    "99038801",
    "zzzz",
    "a",
    "%00",
    "“<b>&",
)
EVERYBODY = (
    "/", "/welcome/", "/docket/", "/exclusions/", "/tariff/", "/rounds/", "/verify/", "/verify.txt", "/search/",
    "/fit/", "/refunds/", "/watch/", "/statistics/", "/context/", "/help/", "/notices/published/", "/docket/feed/",
    "/rounds/feed/", "/watch/feed/?kind=number&key=8413702004", "/watch/feed/", "/robots.txt", "/sitemap.xml",
    "/sitemap-pages.xml", "/sitemap-exclusions.xml", "/sitemap-petitions-1.xml", "/.well-known/security.txt",
    "/security-policy.txt", "/health/live", "/health/ready", "/accounts/login/", "/accounts/signup/", "/nowhere/",
    "/accounts/password/reset/", "/help/describing-a-product/", "/favicon.ico", "/api/docs/", "/api/v1/nowhere/",
    *(f"/{what}.{kind}" for what in ("docket", "exclusions") for kind in ("csv", "json", "xlsx")),
    "/docket.csv?stage=decided", "/docket.csv?sort=nonsense", "/docket.json?q=pump", "/docket.csv?hts=8413",
    *(f"/{what}/?page={page}" for what in ("docket", "exclusions") for page in ("2", "3", "last", "999", "x")),
    *(f"/docket/?sort={sort}" for sort in ("newest", "oldest", "number", "organization", "decided", "nonsense")),
    "/docket/?hts=84&stage=decided", "/docket/?q=pump&page=2", "/docket/?posted_from=2026-12-01&posted_to=2026-01-01",
    "/docket/?hts=x", "/docket/?docket=USTR-2019-0005", "/docket/?docket=nonsense", "/exclusions/?as_of=2019-01-01",
    *(f"/search/?q={words}" for words in SEARCHES), *(f"/tariff/?q={words}" for words in SEARCHES),
    *(f"{API}/search/?q={words}" for words in SEARCHES), "/search/?q=pump&kind=tariff&page=2",
    "/tariff/8413.70.2004/", "/tariff/8413702004/?as_of=2019-06-01", "/tariff/8413/", "/tariff/0000/", "/tariff/84/",
    "/fit/?hts=8413.70.2004&text=water+pump", "/fit/?hts=x",
    "/fit/?hts=8413702004&text=pump&material=steel&measures=2+in",
    "/help/staff/", "/metrics",
)  # fmt: skip
PROGRAMS = tuple(
    API + path
    for path in (
        "/rounds/", "/tariff/lines/", "/tariff/lines/?q=pump", "/tariff/lines/8413702004/", "/tariff/lines/x/",
        "/tariff/lines/8413702004/?as_of=2019-06-01", "/exclusions/", "/exclusions/?page_size=3", "/exclusions/?q=pump",
        "/exclusions/nonsense/", "/fit/?hts=8413702004&text=pump", "/fit/", "/docket/", "/docket/?page_size=2",
        "/docket/?stage=decided", "/docket/?hts=84", "/docket/?q=pump", "/docket/?nonsense=1", "/docket/?hts=x",
        "/docket/nonsense/", "/search/", "/subscriptions/", "/anchors/", "/schema/", "/questionnaires/petition-2019/",
        "/questionnaires/nonsense/", "/refunds/",
    )
)  # fmt: skip


def rows(model: str, **filters: Any) -> Any:
    """Return rows of a table of the product, oldest first."""
    return apps.get_model("exclusions", model).objects.filter(**filters).order_by("pk")


def one_a_status() -> list[Any]:
    """Return the first case of each status that has a reference, and of each historical docket the first."""
    found: dict[str, Any] = {}
    for petition in rows("Petition").exclude(reference=None).order_by("reference"):
        found.setdefault(petition.status, petition)
    return list(found.values())


def beginnings(who: str) -> Iterator[str]:
    """Yield where the person begins."""
    cases = one_a_status()
    old = rows("PublicPetition", historical=True).first()
    if not who:
        yield from (*EVERYBODY, *PROGRAMS)
        for case in (*cases, old):
            yield from (f"/docket/{case.reference}/", f"{API}/docket/{case.reference}/")
        yield from (f"/docket/{case.reference}/respond/" for case in cases[:4])
        yield from (f"/verify/{code}/" for code in rows("Letter").values_list("code", flat=True)[:6])
        return
    yield from ("/", "/start/", "/docket/", "/accounts/session/", "/petitions/", "/help/staff/", "/nowhere/")
    if who in OUTSIDE:
        yield from ("/petitions/new/", "/petitions/clients/", "/petitions/representation/", "/accounts/organization/",
                    "/accounts/tokens/", "/accounts/watches/", "/review/")  # fmt: skip
        return
    yield from (f"/review/{case.reference}/" for case in (cases if who in SEE_ALL else cases[::4]))
    yield from (f"/review/{case.reference}/{tab}" for case in cases[1::8] for tab in TABS)
    yield from ("/review/", "/review/?page=2", "/review/?sort=-since", "/review/?sort=holder", "/review/?q=pump",
                "/review/?hts=84&status=level1", "/review/search/", "/review/search/?q=pump", "/clusters/", "/legal/",
                f"/review/past/{old.reference}/", f"/review/find/{cases[3].reference}/", "/review/team/",
                "/review/notes/",
                "/customs/", "/sign/", "/notices/", "/notices/drafts/", "/terms/", "/comments/", "/renumbering/",
                "/letters/templates/", "/staff/seals/", "/staff/people/", "/staff/events/", "/staff/forms/",
                "/staff/proposals/", "/staff/amendments/", "/notices-searched/", "/accounts/mail/",
                "/review/agreement/",
                "/review/accesses/", "/review/accesses.csv", "/review/interests/", "/accounts/organizations/",
                "/review/responses/", "/review/files/", "/review/words/", "/review/returned/", "/clusters/?work=mine",
                "/clusters/?page=2")  # fmt: skip
    yield from (f"/sign/{case.reference}/" for case in cases if case.status == "signature")
    if who == "admin":
        yield from ("/admin/", "/admin/exclusions/round/", "/admin/exclusions/tariffaction/", "/admin/exclusions/user/")
