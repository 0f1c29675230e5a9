"""How long filing takes for whoever files: each POST up to its answer, beside the floor of the same minutes."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

from tests.bench import drafts, goals, posted
from tests.bench.asked import Connection, usual
from tests.bench.goals import Figure
from tests.bench.server import served
from tests.factories.answers import CERTIFIED, RESPONSE_ANSWERS

TIMES = 60
WARM_UP = 5
TOKEN = "b" * 32  # Django takes an unmasked token of this length, as long as cookie and form agree
Sent = tuple[str, str, dict[str, str]]  # address, session key, fields


def sent() -> dict[str, list[Sent]]:
    """Return so many certified drafts, responses to a petition, replies to responses, and findings on a case."""
    session, ready = drafts.complete_drafts(TIMES + WARM_UP)
    site = posted.make(TIMES + WARM_UP)
    reply = {"text": "They make no slab of this size.", "certify_complete": "yes"}
    finding = {"result": "supports", "reasons": "No other source is shown.", "citations": "answer:available_us"}
    return {
        "submit a petition": [
            (f"/petitions/{draft.pk}/certify/", session, {**CERTIFIED, "revision": str(draft.revision)})
            for draft in ready
        ],
        "give a response": [(f"/docket/{site.posted}/respond/", "", RESPONSE_ANSWERS)] * (TIMES + WARM_UP),
        "reply to a response": [
            (f"/docket/{site.posted}/reply/{response}/", site.requester, reply) for response in site.responses
        ],
        "record a finding": [(f"/review/{site.reviewed}/findings/availability/", site.reviewer, finding)]
        * (TIMES + WARM_UP),
    }


def floors(port: int, posts: list[Sent]) -> tuple[float, float]:
    """Return the milliseconds of these POSTs, and of the floor between them. RuntimeError: one was refused."""
    connection = Connection(port)
    took, floor = [], []
    for place, (address, session, fields) in enumerate(posts):
        # Twenty responses an hour come from one network; the server is told that each comes from its own.
        headers = {"Cookie": f"sessionid={session}; csrftoken={TOKEN}", "X-Forwarded-For": f"198.51.{place}.7"}
        time, status, location = connection.post(address, urlencode({**fields, "csrfmiddlewaretoken": TOKEN}), headers)
        if status != 302 and not (status == 200 and address.endswith("/respond/")):
            raise RuntimeError(f"{address} answered {status} {location}; nothing was measured.")
        took.append(time)
        connection.floor()  # waits until the mail about this one is out: a filer waits for the answer alone
        floor.append(connection.floor().whole)
    return usual(took[WARM_UP:]), usual(floor[WARM_UP:])


def measure(url: str, data: Path, say: Callable[[str], None]) -> list[Figure]:
    """Return how long a submission, a response, a reply and a finding take."""
    say("  submitting petitions, responses, replies and findings …")
    figures = []
    with served(url, threads=1, BEHIND_PROXY="1", STAFF_SECOND_FACTOR="0") as (port, _):
        for name, posts in sent().items():
            milliseconds, beside = floors(port, posts)
            note = f"{milliseconds:.1f} ms, its floor {beside:.2f} ms"
            figures.append(Figure(name, milliseconds / beside, "floors", goals.FILING_FLOORS, note))
    return figures
