"""The pages of the desk, and the fullest of a case, on a site with both real dockets and many live cases."""

from collections.abc import Callable
from pathlib import Path

from django.utils import timezone

from exclusions.models import Petition, StoredCase, User
from exclusions.workflow.roles import Role
from exclusions.workflow.states import Status
from tests.bench import goals
from tests.bench.asked import Page, figures_of
from tests.bench.casework.likeness import FULLEST
from tests.bench.goals import Figure
from tests.bench.lookup.grown import settle
from tests.bench.posted import bring, person, session_of
from tests.factories.people import make_organization


def measure(url: str, data: Path, say: Callable[[str], None]) -> list[Figure]:
    """Return the figures of each page."""
    say("  opening the pages of the desk …")
    reviewer, signatory = a_member(Role.REVIEWER1), a_member(Role.SIGNATORY)
    case, waiting = a_case(Status.LEVEL1), a_case(Status.SIGNATURE)
    fullest = on_the_fullest_number()
    settle()  # a served database does so by itself; the one that is started for tests is told not to
    mine, theirs = session_of(reviewer), session_of(signatory)
    pages = {
        "worklist, first page": "/review/",
        "worklist, page 50": "/review/?page=50",
        "worklist, by number": "/review/?sort=number",
        "worklist, narrowed": "/review/?q=pump&status=level1",
        "case, evidence": f"/review/{case}/evidence/",
        "case, text": f"/review/{case}/text/",
        "case, record": f"/review/{case}/events/",
        "like cases of the fullest number": f"/review/{fullest}/like/",
        "like cases of a historical case": f"/review/past/{a_historical()}/?page=90",
        "search, words": "/review/search/?q=brake+rotor",
        "search, number": "/review/search/?q=8511.40&sort=newest&page=90",
        "clusters": "/clusters/",
    }
    full = goals.FULL_FLOORS
    return figures_of(
        url,
        [
            *(Page(name, path, mine) for name, path in pages.items()),
            Page("signing list", "/sign/", theirs),
            Page("case, findings (full)", f"/review/{case}/", mine, full),
            Page("case, like cases (full)", f"/review/{case}/like/", mine, full),
            Page("signing page (full)", f"/sign/{waiting}/", theirs, full),
        ],
    )


def a_member(role: Role) -> User:
    """Return the first member of staff in that role."""
    return User.objects.filter(role=role).order_by("pk")[0]


def a_case(status: Status) -> str:
    """Return the reference of a case in that status, from the middle of those there are."""
    rows = Petition.objects.filter(status=status).order_by("reference").values_list("reference", flat=True)
    return str(rows[rows.count() // 2])


def on_the_fullest_number() -> str:
    """Return the reference of a new case on the number that most petitions name."""
    organization = make_organization("Sandpiper Stone LLC")
    requester = person("Paula Petitioner", organization=organization)
    intake = {Role.INTAKE: a_member(Role.INTAKE)}
    case = bring(Status.POSTED, organization, requester, intake, timezone.now(), number=FULLEST)
    return str(case.reference)


def a_historical() -> str:
    """Return the reference of a historical case on that number."""
    rows = StoredCase.objects.filter(kind=StoredCase.Kind.HISTORICAL, hts10=FULLEST).order_by("reference")
    return str(rows.values_list("reference", flat=True)[0])
