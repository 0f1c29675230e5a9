"""Every address, asked for by every member of the cast and by nobody: who gets in, and that nobody else does.

The rows are held against the URL table of the product: a new address without a row fails, and so does a row without
an address.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from zeal import zeal_ignore

from exclusions.actions.record.notifications import deliver
from exclusions.actions.review.interests import declare
from exclusions.models import Event, Petition, Round, User
from exclusions.urls import urlpatterns
from exclusions.views.core.middleware.shared_reads import SHARED
from tests.factories.asking.account_rows import OF_ACCOUNTS
from tests.factories.asking.who_asks import OF_ANSWERS
from tests.factories.at_doors.bulk_doors import OF_BULK_PAGES
from tests.factories.at_doors.joint_doors import OF_JOINT_PAGES
from tests.factories.at_doors.listed_doors import OF_LISTED_PAGES
from tests.factories.at_doors.notice_rows import OF_DRAFTS
from tests.factories.at_doors.round_doors import OF_LIST_PAGES
from tests.factories.casework.two_cases import OF_TWO_CASES
from tests.factories.cast import SignedIn
from tests.factories.doors import coincidence, interest, screening
from tests.factories.mirrors.shared_cache import kept
from tests.factories.people import authorize, make_person
from tests.factories.who_enters import (
    ANYBODY_SIGNED_IN,
    CASE_STAFF,
    CONFIDENTIAL,
    EVERYBODY,
    OF_STAFF,
    ON_EVERY_DATABASE,
    OUTSIDE,
    OWNERS,
    RECUSED,
    REVIEWERS,
    TYPED,
    Row,
    answered,
    authorization,
    by_link,
    case,
    draft,
    filed,
    lost,
    posted,
    taken,
    to_post,
)
from tests.factories.world import World

PUBLIC, INTAKE = Row(EVERYBODY), frozenset({"intake"})
ANSWERED = Row(frozenset(), authorization, others=405, posters=frozenset({"importer"}))
STAFF = ANYBODY_SIGNED_IN - OUTSIDE
ROWS: dict[str, Row] = {
    **OF_STAFF,
    **OF_DRAFTS,
    **OF_LISTED_PAGES,
    **OF_LIST_PAGES,
    **OF_ANSWERS,
    **OF_ACCOUNTS,
    "home": Row(EVERYBODY, also=dict.fromkeys(ANYBODY_SIGNED_IN, 302)),
    **dict.fromkeys(("welcome", "docket", "exclusions", "tariff", "rounds", "verify", "anchors-text"), PUBLIC),
    "standing-answers": PUBLIC,
    "start": Row(ANYBODY_SIGNED_IN, status=302),
    "docket-export": Row(EVERYBODY, lambda world: {"kind": "csv"}),
    **dict.fromkeys(("docket-feed", "docket-dumps"), PUBLIC),
    "docket-dump": Row(EVERYBODY, lambda world: {"name": "manifest.json"}, status=404),
    "docket-petition": Row(EVERYBODY, posted),
    "docket-document": Row(EVERYBODY, lambda world: {**posted(world), "key": world.public_file.pk}),
    "docket-respond": Row(EVERYBODY, posted),
    "docket-respond-sent": Row(EVERYBODY, posted),
    "docket-respond-confirm": Row(EVERYBODY, lambda world: {**posted(world), "token": world.token}),
    "docket-respond-withdraw": Row(frozenset(), by_link, 405, 405, {"anonymous": 405}, EVERYBODY),
    "docket-respond-replace": Row(EVERYBODY, by_link),
    "docket-respond-take-down": Row(EVERYBODY, by_link),
    "docket-response-take-down": Row(frozenset(), answered),
    "docket-reply": Row(OWNERS, answered, others=403),
    "exclusion-export": Row(EVERYBODY, lambda world: {"kind": "csv"}),
    "exclusion": Row(EVERYBODY, lambda world: {"reference": world.exclusion.reference}),
    "tariff-number": Row(EVERYBODY, lambda world: {"number": "6810.99.0010"}),
    "round": Row(EVERYBODY, lambda world: {"slug": "list-3"}),
    "verify-letter": Row(EVERYBODY, lambda world: {"code": world.letter.code}),
    **dict.fromkeys(("petitions", "petition-new", "petition-clients"), Row(ANYBODY_SIGNED_IN)),
    **OF_BULK_PAGES,
    **OF_JOINT_PAGES,
    "petition-hand-over": Row(OWNERS, draft),
    "petition-representation": Row(ANYBODY_SIGNED_IN),
    "petition-representation-accept": ANSWERED,
    "petition-representation-revoke": Row(frozenset({"importer"}), authorization),
    "petition": Row(OWNERS, filed),
    "petition-check": Row(OWNERS, draft),
    "petition-certify": Row(OWNERS, draft),
    "petition-settle": Row(frozenset(), draft, others=405, posters=OWNERS),
    "petition-public": Row(OWNERS, draft),
    "petition-receipt": Row(OWNERS, filed),
    "petition-calendar": Row(OWNERS, filed),
    "petition-record": Row(OWNERS, filed),
    "petition-withdraw": Row(OWNERS, filed),
    "petition-copy": Row(frozenset(), draft, others=405, posters=OWNERS),
    "petition-delete": Row(OWNERS, draft),
    "petition-hts": Row(OWNERS, draft),
    "petition-document": Row(OWNERS, lambda world: {**draft(world), "document_id": world.draft_file.pk}),
    "petition-letter": Row(OWNERS, lambda world: {"petition_id": world.denied.pk, "code": world.letter.code}),
    "petition-letter-issue": Row(frozenset(), lambda world: {**filed(world), "kind": "x"}, others=405, posters=OWNERS),
    "petition-step": Row(OWNERS, lambda world: {**draft(world), "step": "product"}),
    "review-responses": Row(frozenset({"intake"}), others=403),
    "review-response": Row(frozenset(), to_post, others=405, posters=INTAKE),
    "review-files": Row(frozenset({"intake"}), others=403),
    "review-file": Row(frozenset({"intake"}), lambda world: {"document_id": world.public_file.pk}, others=403),
    "review-words": Row(frozenset({"intake"}), others=403),
    "review-words-decide": Row(frozenset(), screening, others=405, posters=frozenset({"intake"})),
    "review-returned": Row(frozenset({"intake"}), others=403),
    "case-return": Row(CASE_STAFF, case),
    "case-statements": Row(CONFIDENTIAL, case, also=dict.fromkeys(CASE_STAFF - CONFIDENTIAL, 403)),
    "case-statement-second": Row(frozenset(), coincidence, others=405, posters=CONFIDENTIAL),
    "review": Row(CASE_STAFF, others=403),
    **dict.fromkeys(("case", "case-evidence", "case-like", "case-text", "case-events"), Row(CASE_STAFF, case)),
    "case-assignment": Row(frozenset(), lambda world: case(world, verb="take"), others=405, posters=CASE_STAFF),
    "case-finding": Row(
        # Level 2 comes later: its reviewers read that on the page, and their entry is refused by the action.
        REVIEWERS,
        lambda world: case(world, criterion="availability"),
        # In the case, but this is not theirs to record.
        also={name: 403 for name in CASE_STAFF - REVIEWERS},
    ),
    **OF_TWO_CASES,
    "case-entry": Row(CASE_STAFF - {"auditor"}, lambda world: case(world, kind="contact"), also={"auditor": 403}),
    "case-document": Row(CONFIDENTIAL, lambda world: {**posted(world), "document_id": world.secret_file.pk}),
    "case-refuse-confidentiality": Row(frozenset(), case, others=405, posters=CASE_STAFF),
    "case-letter": Row(CONFIDENTIAL, lambda world: {"reference": world.denied.reference, "code": world.letter.code}),
    "case-post": Row(CASE_STAFF, case),
    # A transition is taken by POST; a GET leads back to the case.
    "case-transition": Row(CASE_STAFF, lambda world: case(world, name="recommend"), status=302),
    "case-quarantine": Row(CASE_STAFF, posted),
    "case-quarantine-restore": Row(frozenset(), taken, others=405, posters=CASE_STAFF),
    "case-quarantine-replace": Row(frozenset(), taken, others=405, posters=CASE_STAFF),
    "case-quarantine-correct": Row(frozenset(), taken, posters=CASE_STAFF),
    "petition-accesses": Row(OWNERS, filed),
    "petition-quarantine": Row(OWNERS, filed),
    "petition-quarantine-replace": Row(
        frozenset(), lambda world: {**filed(world), "quarantine_id": 1}, others=405, posters=OWNERS
    ),
    "review-accesses": Row(frozenset({"auditor"}), others=403),
    "review-access-export": Row(frozenset({"auditor"}), others=403),
    "review-interests": Row(ANYBODY_SIGNED_IN - OUTSIDE, others=403),
    "interest-not-them": Row(frozenset({"admin"}), interest, others=403),
    "review-interest-end": Row(frozenset(), lambda world: {"interest_id": 1}, others=405, posters=STAFF),
    "legal": Row(frozenset({"legal"}), others=403),
    "customs": Row(frozenset({"customs"}), others=403),
    "customs-draft": Row(frozenset({"customs"}), lambda world: {"draft_id": world.customs.drafts.get().pk}, others=403),
    "sign": Row(frozenset({"signatory"}), others=403),
    "sign-case": Row(frozenset({"signatory"}), lambda world: {"reference": world.signature.reference}, others=403),
    "notices": Row(frozenset({"publisher"}), others=403),
    **dict.fromkeys(("health-live", "health-ready", "health-metrics", "security-txt", "security-policy"), PUBLIC),
    "api-tariff-lines": PUBLIC,
    "api-tariff-line": Row(EVERYBODY, lambda world: {"number": "6810990010"}),
    "api-exclusions": PUBLIC,
    "api-exclusion": Row(EVERYBODY, lambda world: {"reference": world.exclusion.reference}),
    "api-questionnaire": Row(EVERYBODY, lambda world: {"key": "petition-2019"}),
    "api-round": Row(EVERYBODY, lambda world: {"slug": "list-3"}),
    **dict.fromkeys(("api-anchors", "api-docket", "api-docket-changes", "api-rounds"), PUBLIC),
    "api-docket-petition": Row(EVERYBODY, posted),
    "api-schema": PUBLIC,
    "api-docs": PUBLIC,
    "api-not-found": Row(EVERYBODY, lambda world: {"path": "v1/nonsense/"}, status=404),
}
# What nothing may keep though everybody may read it: behind a secret link, what may be taken down, what is true now.
NEVER_KEPT = {"watch-sent", "watch-confirm", "watch-stop", "listed-comment-sent", "listed-comment-confirm",
              "docket-respond-sent", "docket-respond-confirm", "docket-respond-take-down", "docket-document",
              "docket-respond-replace", "docket-respond-many-confirm", "health-live", "health-ready", "health-metrics",
              "session",
              # With a form, whose token is of one browser.
              "docket-respond", "listed-comment", "watch", "mail-stop", "refunds", "help-describe"}  # fmt: skip
# Django admin and allauth bring their own addresses, each held to one rule below.
THEIRS = ("admin/", "accounts/")
OPEN_TO_ALL = {name for name, row in ROWS.items() if row.inside == EVERYBODY}


def patterns(found: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Yield every address of the URL table with its name."""
    for item in found:
        route = prefix + str(item.pattern).removeprefix("^")
        if isinstance(item, URLResolver):
            yield from patterns(item.url_patterns, route)
        else:
            yield route, item.name or ""


def refused(response: HttpResponse) -> bool:
    """Whether an answer lets somebody in nowhere: no access, not there, not this way, or first sign in."""
    to_sign_in = response.status_code == 302 and "/login/" in response["Location"]
    return response.status_code in {401, 403, 404, 405} or to_sign_in


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    others = {name for route, name in patterns(get_resolver().url_patterns) if not route.startswith(THEIRS)}
    assert others | {name for _, name in patterns(urlpatterns)} == set(ROWS)


def each(names: Iterable[str]) -> list[Any]:
    """Return the names as parameters; those of ON_EVERY_DATABASE, one of each kind, send what a page sends anywhere."""
    mark = pytest.mark.both_databases("Every page is asked for once on each.")
    return [pytest.param(name, marks=mark) if name in ON_EVERY_DATABASE else name for name in sorted(names)]


def barred(name: str, who: str) -> bool:
    """Whether the address is one of a case, and the person is kept from every case here."""
    return who == RECUSED and name.startswith("case")


@pytest.fixture
def people(cast: dict[str, User]) -> dict[str, User]:
    """Return the cast and a recused reviewer; the filer's firm acts for the rival too, and no client gains by it."""
    firm, rival = (cast[name].memberships.get().organization for name in ("filer", "rival"))
    authorize(firm, rival)
    recused = make_person("Rhea Recused", role="reviewer1")
    declare(user=recused, name="meadowlark infant care llc", nature="Shares", by=recused, at=timezone.now())
    return {**cast, RECUSED: recused}


def every_address(world: World) -> dict[str, str]:
    """Return the address of each row, with what has to stand there; no mail of that waits in the outbox."""
    made = {name: reverse(name, kwargs=row.arguments(world)) for name, row in ROWS.items()}
    deliver(at=timezone.now())  # each request would send it anew, since each is rolled back
    return made


def wrongly_answered(client: SignedIn, addresses: Mapping[str, str], who: str) -> dict[str, str]:
    """GET every address; return what was answered otherwise than the table says."""
    wrong, a_stranger_keeps = {}, OPEN_TO_ALL - NEVER_KEPT if who == "anonymous" else set()
    for name, row in ROWS.items():
        response = client.get(addresses[name])
        if response.streaming:  # read to its end a file is closed; response.close() would also end the request's SQL
            b"".join(response)
        sent_to_sign_in = response.status_code != 302 or refused(response)
        wanted = 403 if barred(name, who) and row.expected(who) != 405 else row.expected(who)
        if response.status_code != wanted or (who == "anonymous" and not sent_to_sign_in):
            wrong[f"GET {name}"] = f"{response.status_code} instead of {wanted}"
        elif kept(response) != (response.status_code == 200 if name in SHARED else name in a_stranger_keeps):
            wrong[f"GET {name}"] = f"Cache-Control: {response.get('Cache-Control')}"
    return wrong


def wrongly_changed(client: SignedIn, addresses: Mapping[str, str], who: str) -> dict[str, str]:
    """POST a text to every address; return where that broke, lost it, or let somebody in who may not post there."""
    wrong = {}
    for name, row in ROWS.items():
        with transaction.atomic():
            before = Event.objects.count(), Petition.objects.count()
            response = client.post(addresses[name], {"remark": TYPED})
            status = response.status_code
            if status >= 500 or lost(response):
                wrong[f"POST {name}"] = f"{status}: it broke, or the text is lost"
            elif barred(name, who) or not row.may_post(who):
                named = row.also is not None and status == row.also.get(who)
                changed = (Event.objects.count(), Petition.objects.count()) != before
                if changed or not (refused(response) or named):
                    wrong[f"POST {name}"] = f"{status}, {'changed something' if changed else 'not refused'}"
            transaction.set_rollback(True)
    return wrong


@pytest.mark.parametrize("who", each({*EVERYBODY, RECUSED}))
def test_everybody_gets_in_exactly_where_the_table_says(world: World, people: dict[str, User], who: str) -> None:
    client, addresses = SignedIn(people.get(who)), every_address(world)
    assert wrongly_answered(client, addresses, who) | wrongly_changed(client, addresses, who) == {}


@pytest.mark.parametrize("who", each(EVERYBODY))
def test_the_admin_opens_to_administrators_only(list3: Round, cast: dict[str, User], who: str) -> None:
    client = SignedIn(cast.get(who))
    wrong = {}
    for route in (route for route, _ in patterns(get_resolver().url_patterns) if route.startswith("admin/")):
        url = "/" + re.sub(r"<[^>]*>|\([^)]*\)+", "1", route).rstrip("$")
        # The signed-in person and the person whose page it is are two look-ups of the same kind.
        with zeal_ignore([{"model": "exclusions.User", "field": "get()"}]):
            response = client.get(url)
        if response.status_code >= 500 or (who != "admin" and not refused(response) and "logout" not in url):
            wrong[url] = response.status_code
    assert wrong == {}


@pytest.mark.parametrize("who", each(EVERYBODY))
def test_the_account_pages_answer_everybody(cast: dict[str, User], who: str) -> None:
    client = SignedIn(cast.get(who))
    for route, _ in patterns(get_resolver().url_patterns):
        if route.startswith("accounts/"):
            url = "/" + re.sub(r"<[^>]*>|\(.*\)", "1", route).replace("^", "").rstrip("$")
            assert client.get(url).status_code < 500, url
