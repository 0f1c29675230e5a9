"""What programs ask and write with a token: each answer beside the floor of the same minutes."""

import http.client
import json
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from django.utils import timezone

from exclusions.actions.people.tokens import OF_STAFF, SCOPES, make_token
from exclusions.api.petitions.owned import answers_of, digest_of
from exclusions.models import Petition, User
from tests.bench import drafts, goals, posted
from tests.bench.asked import Connection, Page, figures_of, usual
from tests.bench.goals import Figure
from tests.bench.server import served
from tests.factories.answers import CERTIFIED, RESPONSE_ANSWERS
from tests.factories.people import make_person

TIMES, WARM_UP = 60, 5
OWN = "/api/v1/petitions/"
Sent = tuple[str, str, Any, dict[str, str]]  # method, address, body, headers
STATED = list(CERTIFIED)


def reads(site: posted.Posted, draft: Petition, owner: str, requester: str) -> list[Page]:
    """Return what programs read, of the public, of an owner, and of the staff."""
    of_posted = Petition.objects.get(reference=site.posted).pk
    public = {
        "docket": "/api/v1/docket/",
        "petition": f"/api/v1/docket/{site.posted}/",
        "changes": "/api/v1/docket/changes/?page_size=50",
        "exclusions": "/api/v1/exclusions/",
    }
    own = {"own petitions": OWN, "own draft": f"{OWN}{draft.pk}/", "deadlines": "/api/v1/deadlines/"}
    filed = {name: f"{OWN}{of_posted}/{name}/" for name in ("events", "questions", "documents", "letters")}
    pages = [Page(f"API, {name}", path) for name, path in public.items()]
    pages += [Page(f"API, {name}", path, token=owner) for name, path in own.items()]
    return pages + [Page(f"API, {name} of one’s own", path, token=requester) for name, path in filed.items()]


def writes(ready: list[Petition], site: posted.Posted, token: str) -> dict[str, list[Sent]]:
    """Return what programs write, so many times each; what is certified is written last."""
    responder = make_token(make_person("Rosa Bench Responder"), scopes=["responses:write"], at=timezone.now())
    begun = {"round": ready[0].round.slug, "organization": str(ready[0].organization.pk), "answers": {}}
    answer = {"answers": RESPONSE_ANSWERS}
    count, owner = len(ready), _by(token)
    return {
        "begin a petition": [("POST", OWN, begun, owner)] * count,
        "check a petition": [("POST", f"{OWN}{one.pk}/check/", None, owner) for one in ready],
        "respond": [("POST", f"/api/v1/docket/{site.posted}/responses/", answer, _by(responder))] * count,
        "submit a petition": [
            ("POST", f"{OWN}{one.pk}/submit/", {"digest": digest_of(one, answers_of(one)), "certified": STATED}, owner)
            for one in ready
        ],
    }


def _by(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}


def measure(url: str, data: Path, say: Callable[[str], None]) -> list[Figure]:
    """Return the figures of each read and each write."""
    say("  asking and writing as programs do …")
    _, ready = drafts.complete_drafts(TIMES + WARM_UP + 1)
    site = posted.make(1)
    owner, requester = _token("Ada Bench Importer"), _token("Paula Petitioner")
    figures = figures_of(url, reads(site, ready[0], owner, requester))
    with served(url, threads=1, BEHIND_PROXY="1") as (port, _):
        for name, sent in writes(ready[1:], site, owner).items():
            took, floor = _times(port, sent)
            note = f"{took:.1f} ms, its floor {floor:.2f} ms"
            figures.append(Figure(f"API, {name}", took / floor, "floors", goals.FILING_FLOORS, note))
    return figures


def _token(name: str) -> str:
    mine = [scope for scope in SCOPES if scope not in OF_STAFF]
    return make_token(User.objects.get(full_name=name), scopes=mine, at=timezone.now())


def _times(port: int, sent: list[Sent]) -> tuple[float, float]:
    """Return the milliseconds of these, and of the floor between them. RuntimeError: one was refused."""
    connection, client = Connection(port), http.client.HTTPConnection("127.0.0.1", port, timeout=600)
    took, floor = [], []
    for place, (method, address, body, headers) in enumerate(sent):
        took.append(_asked(client, method, address, body, {**headers, "X-Forwarded-For": f"198.51.{place}.7"}))
        connection.floor()  # waits until what follows the answer is done
        floor.append(connection.floor().whole)
    return usual(took[WARM_UP:]), usual(floor[WARM_UP:])


def _asked(
    client: http.client.HTTPConnection, method: str, address: str, body: Any, headers: Mapping[str, str]
) -> float:
    begun = time.perf_counter()
    client.request(method, address, "" if body is None else json.dumps(body), dict(headers))
    answer = client.getresponse()
    said = answer.read()
    if answer.status >= http.client.BAD_REQUEST:
        raise RuntimeError(f"{method} {address} answered {answer.status}: {said[:300]!r}")
    return (time.perf_counter() - begun) * 1000
