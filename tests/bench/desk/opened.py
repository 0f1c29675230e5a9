"""The pages of the desk that are measured: `python -m tests.bench.desk.opened`, a JSON object a page.

Each with its name, its address, the key of a session that may open it, and the statements of one visit.
"""

import json
import os

import django

os.environ["STAFF_SECOND_FACTOR"] = "0"  # as for the server that is measured
django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from exclusions.models import Petition, StoredCase, User  # noqa: E402
from exclusions.workflow.roles import Role  # noqa: E402
from exclusions.workflow.states import Status  # noqa: E402
from tests.bench.answers.grown import settle  # noqa: E402
from tests.bench.desk.likeness import FULLEST  # noqa: E402
from tests.bench.posted import bring, person, session_of  # noqa: E402
from tests.factories.people import make_organization  # noqa: E402


def main() -> None:
    """Print each page; RuntimeError where one does not answer 200."""
    settle()  # a served database does so by itself; the one that is started for tests is told not to
    reviewer = a_member(Role.REVIEWER1)
    signatory = a_member(Role.SIGNATORY)
    case, waiting = a_case(Status.LEVEL1), a_case(Status.SIGNATURE)
    pages = {
        "worklist, first page": ("/review/", reviewer),
        "worklist, page 50": ("/review/?page=50", reviewer),
        "worklist, by number": ("/review/?sort=number", reviewer),
        "case, findings": (f"/review/{case}/", reviewer),
        "case, evidence": (f"/review/{case}/evidence/", reviewer),
        "case, like cases": (f"/review/{case}/like/", reviewer),
        "case, text": (f"/review/{case}/text/", reviewer),
        "case, record": (f"/review/{case}/events/", reviewer),
        "signing list": ("/sign/", signatory),
        "signing page": (f"/sign/{waiting}/", signatory),
        "like cases of the fullest number": (f"/review/{on_the_fullest_number()}/like/", reviewer),
        "like cases of a historical case": (f"/review/past/{a_historical()}/?page=90", reviewer),
        "search, words": ("/review/search/?q=brake+rotor", reviewer),
        "search, number": ("/review/search/?q=8511.40&sort=newest&page=90", reviewer),
        "clusters": ("/clusters/", reviewer),
    }
    keys = {user.pk: session_of(user) for user in (reviewer, signatory)}
    for name, (path, user) in pages.items():
        count = statements(path, user)
        print(json.dumps({"name": name, "path": path, "session": keys[user.pk], "statements": count}))


def a_member(role: Role) -> User:
    """Return the first member of staff in that role."""
    return User.objects.filter(role=role).order_by("pk")[0]


def a_case(status: Status) -> str:
    """Return the reference of a case in that status, from the middle of those there are."""
    found = Petition.objects.filter(status=status).order_by("reference").values_list("reference", flat=True)
    return str(found[found.count() // 2])


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


def statements(path: str, user: User) -> int:
    """Return how many statements a visit sends."""
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    client.get(path)  # what a process keeps of the tariff and of its templates is there from now on
    with CaptureQueriesContext(connection) as captured:
        response = client.get(path)
    if response.status_code != 200:
        raise RuntimeError(f"{path} answered {response.status_code} instead of 200.")
    return len(captured)


if __name__ == "__main__":
    main()
