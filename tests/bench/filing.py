"""How long filing takes for whoever files: each POST up to its answer, beside the floor of the same minutes."""

import statistics
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

from tests.bench import goals
from tests.bench.goals import Figure
from tests.bench.pages import FLOOR, Connection
from tests.bench.server import module, served
from tests.factories.answers import CERTIFIED, RESPONSE_ANSWERS

TIMES = 60
WARM_UP = 5
TOKEN = "b" * 32  # Django takes an unmasked token of this length, as long as cookie and form agree
Sent = tuple[str, str, dict[str, str]]  # address, session key, fields


def submissions(url: str) -> Iterator[Sent]:
    """Yield the certifying of each of so many drafts."""
    session, *drafts = module(url, "tests.bench.drafts", str(TIMES + WARM_UP)).splitlines()
    for line in drafts:
        petition, revision = line.split()
        yield f"/petitions/{petition}/certify/", session, {**CERTIFIED, "revision": revision}


def entries(url: str) -> dict[str, list[Sent]]:
    """Return so many responses to a petition, replies to posted responses, and findings on a case."""
    lines = module(url, "tests.bench.posted", str(TIMES + WARM_UP)).splitlines()
    posted, requester, reviewed, reviewer, *responses = lines
    reply = {"text": "They make no slab of this size.", "certify_complete": "yes"}
    finding = {"result": "supports", "reasons": "No other source is shown.", "citations": "answer:available_us"}
    return {
        "give a response": [(f"/docket/{posted}/respond/", "", RESPONSE_ANSWERS)] * (TIMES + WARM_UP),
        "reply to a response": [(f"/docket/{posted}/reply/{response}/", requester, reply) for response in responses],
        "record a finding": [(f"/review/{reviewed}/findings/availability/", reviewer, finding)] * (TIMES + WARM_UP),
    }


def floors(port: int, sent: list[Sent]) -> tuple[float, float]:
    """Return the median milliseconds of these POSTs, and of the floor between them. RuntimeError: one was refused."""
    connection = Connection(port)
    took, floor = [], []
    for place, (address, session, fields) in enumerate(sent):
        # Twenty responses an hour come from one network; the server is told that each comes from its own.
        headers = {"Cookie": f"sessionid={session}; csrftoken={TOKEN}", "X-Forwarded-For": f"198.51.{place}.7"}
        time, status, location = connection.post(address, urlencode({**fields, "csrfmiddlewaretoken": TOKEN}), headers)
        if status != 302 and not (status == 200 and address.endswith("/respond/")):
            raise RuntimeError(f"{address} answered {status} {location}; nothing was measured.")
        took.append(time)
        connection.get(FLOOR)  # waits until the mail about this one is out: a filer waits for the answer alone
        floor.append(connection.get(FLOOR)[0])
    return statistics.median(took[WARM_UP:]), statistics.median(floor[WARM_UP:])


def filing_figures(url: str, data: Path, say: Callable[[str], None]) -> list[Figure]:
    """Return how long a submission, a response, a reply and a finding take."""
    say("  submitting petitions, responses, replies and findings …")
    figures = []
    with served(url, threads=1, BEHIND_PROXY="1", STAFF_SECOND_FACTOR="0") as (port, _):
        for name, sent in ({"submit a petition": list(submissions(url))} | entries(url)).items():
            milliseconds, beside = floors(port, sent)
            note = f"{milliseconds:.1f} ms, its floor {beside:.2f} ms"
            figures.append(Figure(name, milliseconds / beside, "floors", goals.FILING_FLOORS, note))
    return figures
