"""People at work on a site, who remember what they were told: filers, responders and readers."""

import random
import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode
from uuid import uuid4

from tests.factories.answers import CERTIFIED, RESPONSE_ANSWERS
from tests.integration.faults.site import Site
from tests.integration.fuzz.forms import forms_of

TOKEN = "b" * 32  # Django takes an unmasked token of this length, as long as cookie and form agree
LIMIT = 60.0  # seconds after which a person gives up; the trial fails long before
PAUSE = 0.05  # between two steps of a person, longer after a refusal
FINE = frozenset({200, 302})


@dataclass
class Phase:
    """What happened while one fault lasted, and right after it."""

    fault: str
    asked: int = 0
    slowest: float = 0.0
    slowest_page: str = ""
    refused: Counter[str] = field(default_factory=Counter)  # by status
    healed: float = 0.0  # seconds from the end of the fault until everybody was served again
    asked_by: Counter[str] = field(default_factory=Counter)  # by kind of person
    served: Counter[str] = field(default_factory=Counter)  # answers that were fine, by kind of person
    submitted: list[str] = field(default_factory=list)  # petitions
    responded: list[str] = field(default_factory=list)  # addresses of responders
    saved: list[tuple[str, str]] = field(default_factory=list)  # petition, product name
    attached: list[str] = field(default_factory=list)  # file names

    @property
    def filed(self) -> list[object]:
        """What the site said that it took of the filers."""
        return [*self.submitted, *self.saved, *self.attached]


class Crowd:
    """Everybody, each in a thread of his own."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.phases: list[Phase] = []
        self._drafts = iter(site.seeded["drafts"])
        self._lock = threading.Lock()
        self._over = threading.Event()
        self.unsure: set[str] = set()  # petitions with a save that was not answered well
        self._threads: list[threading.Thread] = []
        self.broken: list[str] = []  # what a person did not expect at all

    def begin(self, fault: str) -> Phase:
        """Begin a new phase: what is asked from now on belongs to it."""
        phase = Phase(fault)
        with self._lock:
            self.phases.append(phase)
        return phase

    def start(self) -> None:
        """Let everybody begin."""
        people: list[Callable[[], Iterator[None]]] = [self.file, self.file, self.respond, self.respond, self.read,
                                                      self.read, self.review]  # fmt: skip
        self._threads = [threading.Thread(target=self._work, args=(person,), daemon=True) for person in people]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Let everybody finish what he is doing."""
        self._over.set()
        for thread in self._threads:
            thread.join(2 * LIMIT)

    def _work(self, person: Callable[[], Iterator[None]]) -> None:
        try:
            for _ in person():
                if self._over.is_set():
                    return
                time.sleep(PAUSE)
        except Exception as error:
            self.broken.append(f"{person.__name__}: {type(error).__name__} {error}")

    def ask(self, who: str, path: str, form: dict[str, str] | bytes | None = None, *, session: str = "",
            kind: str = "application/x-www-form-urlencoded") -> tuple[int, str, Phase]:  # fmt: skip
        """Send one request; return status, text and the phase in which it was answered. 0: no answer at all."""
        headers = {"Cookie": f"csrftoken={TOKEN}" + (f"; sessionid={session}" if session else "")}
        headers["X-Forwarded-For"] = ".".join(str(random.randint(1, 250)) for _ in range(4))
        body: bytes | None = None
        if form is not None:
            headers["Content-Type"] = kind
            body = form if isinstance(form, bytes) else urlencode({**form, "csrfmiddlewaretoken": TOKEN}).encode()
        begun = time.monotonic()
        status, text = 0, ""
        line = HTTPConnection("127.0.0.1", self.site.port, timeout=LIMIT)
        try:
            line.request("POST" if form is not None else "GET", path, body, headers)
            answer = line.getresponse()
            status, text = answer.status, answer.read().decode(errors="replace")
        except (OSError, HTTPException) as error:
            text = type(error).__name__
        finally:
            line.close()
        return status, text, self._note(who, f"{'POST' if form is not None else 'GET'} {path}", status, begun)

    def _note(self, who: str, page: str, status: int, begun: float) -> Phase:
        took = time.monotonic() - begun
        with self._lock:
            phase = self.phases[-1]
            phase.asked += 1
            phase.asked_by[who] += 1
            if took > phase.slowest:
                phase.slowest, phase.slowest_page = took, page
            if status in FINE:
                phase.served[who] += 1
            else:
                phase.refused[f"{status} ready" if page.endswith("/ready") else str(status)] += 1
        return phase

    def read(self) -> Iterator[None]:
        """Read what everybody may read."""
        reference = self.site.seeded["posted"]
        pages = ["/", "/docket/", f"/docket/{reference}/", "/api/v1/docket/", "/tariff/6810.99.0020/", "/exclusions/",
                 f"/docket/{reference}/respond/", "/health/ready"]  # fmt: skip
        while True:
            for page in pages:
                self.ask("reader", page)
                yield

    def review(self) -> Iterator[None]:
        """Read what staff may read."""
        while True:
            self.ask("reviewer", "/review/", session=self.site.seeded["reviewer"])
            yield

    def respond(self) -> Iterator[None]:
        """Respond to the posted petition, each time as somebody else."""
        page = f"/docket/{self.site.seeded['posted']}/respond/"
        while True:
            email = f"{uuid4().hex}@example.test"
            answers = {**RESPONSE_ANSWERS, "responder_email": email}
            status, text, phase = self.ask("responder", page, answers)
            if status == 302:
                phase.responded.append(email)
            elif status == 503 and email not in text:
                self.broken.append("what a responder had typed was lost")
            yield

    def file(self) -> Iterator[None]:
        """Work on one draft after the other: save it, attach a file, submit it, read its receipt."""
        session = self.site.seeded["filer"]
        with self._lock:
            kept = next(self._drafts)  # worked on once all others are submitted
        while True:
            with self._lock:
                draft = next(self._drafts, None)
            if draft is None:
                self._save(kept, session)
                yield
                continue
            for _ in range(2):
                self._save(draft, session)
                yield
            self._attach(draft, session)
            yield
            yield from self._submit(draft, session)

    def _fields(self, page: str, session: str) -> dict[str, str] | None:
        """Return what the form of a page of the filer holds; None when it did not come."""
        status, text, _ = self.ask("filer", page, session=session)
        forms = [form for form in forms_of(page, text) if form.method == "POST" and "revision" in form.names]
        return dict(forms[0].pairs) if status == 200 and forms else None

    def _save(self, draft: str, session: str) -> None:
        page, name = f"/petitions/{draft}/product/", f"Slabs {uuid4().hex}"
        fields = self._fields(page, session)
        if fields is None:
            return
        status, text, phase = self.ask(
            "filer", page, {**fields, "product_name": name, "action": "save"}, session=session
        )
        if status in FINE:
            phase.saved.append((draft, name))
            return
        self.unsure.add(draft)
        if status == 503 and name not in text:
            self.broken.append("what a filer had typed was lost")

    def _attach(self, draft: str, session: str) -> None:
        page, name = f"/petitions/{draft}/product/", f"{uuid4().hex}.txt"
        fields = self._fields(page, session)
        if fields is None:
            return
        parts = {**fields, "csrfmiddlewaretoken": TOKEN, "action": "upload"}
        head = "--=\r\nContent-Disposition: form-data; name="
        body = "".join(f'{head}"{key}"\r\n\r\n{value}\r\n' for key, value in parts.items())
        body += f'{head}"product_documents"; filename="{name}"\r\n'
        body += "Content-Type: text/plain\r\n\r\nA drawing.\r\n--=--\r\n"
        kind = 'multipart/form-data; boundary="="'
        status, _, phase = self.ask("filer", page, body.encode(), session=session, kind=kind)
        if status in FINE:
            phase.attached.append(name)

    def _submit(self, draft: str, session: str) -> Iterator[None]:
        """Submit, again and again while the site cannot take it; 409 tells that an earlier attempt was carried out."""
        for _ in range(200):
            page = f"/petitions/{draft}/certify/"
            fields = self._fields(page, session)
            if fields is not None:
                sent = {**CERTIFIED, "revision": fields["revision"]}
                status, text, phase = self.ask("filer", page, sent, session=session)
                if status == 302:
                    phase.submitted.append(draft)
                    self.ask("filer", f"/petitions/{draft}/receipt/", session=session)
                    return
                if status not in {0, 503}:
                    said = re.sub(r"<[^>]*>|\s+", " ", text.partition("<main")[2])[:400]
                    if status != 409:
                        self.broken.append(f"a submission was answered {status}: {said}")
                    return
            yield
