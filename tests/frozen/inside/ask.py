"""Asks a site as each person: first for where its pages lead, then for all of it, and sends its forms with errors.

    python ask.py MOMENT LIST [ANSWERS]

Without ANSWERS it writes into LIST, as JSON, what is to be asked; with it, a line of JSON for each answer. Addresses,
form fields and tables are named here, no module of the product: other commits can be asked, too.
"""

import base64
import json
import sys
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import django
from browse import Page, shape
from django.db import connections
from django.test import Client
from people import OUTSIDE, STAFF, beginnings
from steady import load_dice, stand_at

PASSWORD = "open-docket-2026"  # of every account of the demonstration
PACE = timedelta(minutes=6)  # between two people, so that nobody is asked to wait
OF_ONE_SHAPE, FORMS_OF_ONE_SHAPE = 2, 1
MOST, OF_ANYBODY = 25, 160  # addresses beyond those where a person begins
FORM = "application/x-www-form-urlencoded"


class Statements:
    """Counts the statements of a request, but for the begin and end of transactions."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        """Count one."""
        self.count += not str(sql).startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK"))
        return execute(sql, params, many, context)


class Person:
    """Somebody at a browser; "" for nobody in particular."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.client = Client(SERVER_NAME="127.0.0.1", raise_request_exception=False)
        if name:
            load_dice(f"{name} signs in")
            sent = {"login": f"{name}@demo.example", "password": PASSWORD}
            answer = self.client.post("/accounts/login/", sent)
            assert answer.status_code == 302, (name, answer.status_code)

    def ask(self, address: str, sent: dict[str, list[str]] | None = None) -> dict[str, Any]:
        """Ask for an address, or send a form there; return the answer."""
        load_dice(f"{self.name} {address} {sent}")
        counted = Statements()
        with ExitStack() as stack:
            for connection in connections.all():
                stack.enter_context(connection.execute_wrapper(counted))
            if sent is None:
                answer = self.client.get(address)
            else:
                answer = self.client.post(address, urlencode(sent, doseq=True), content_type=FORM)
            body = b"".join(answer) if answer.streaming else answer.content
            answer.close()
        return {
            "status": answer.status_code,
            "headers": dict(answer.items()),
            "body": base64.b64encode(body).decode(),
            "statements": counted.count,
        }


def crawled(person: Person) -> Iterator[dict[str, Any]]:
    """Yield what is to be asked as this person, and the forms met on the way: some of each shape."""
    waiting, shapes, forms = deque(beginnings(person.name)), Counter[str](), Counter[str]()
    first, seen, asked = set(waiting), set[str](), 0
    most = (MOST if person.name else OF_ANYBODY) + len(first)
    while waiting and asked < most:
        address = waiting.popleft()
        if address in seen or (address not in first and shapes[shape(address)] >= OF_ONE_SHAPE):
            continue
        seen.add(address)
        shapes[shape(address)] += 1
        answer = person.ask(address)
        asked += 1
        yield {"who": person.name, "address": address}
        kind = answer["headers"].get("Content-Type", "")
        if answer["status"] == 302:
            waiting.append(answer["headers"]["Location"])
        if not kind.startswith("text/html") or address.startswith("/admin/"):
            continue
        page = Page(address, base64.b64decode(answer["body"]).decode(errors="replace"))
        waiting.extend(page.leads_to())
        for form in page.forms:
            key = f"{shape(form.action)} {sorted(form.kinds)}"
            if form.method == "post" and form.kinds and forms[key] < FORMS_OF_ONE_SHAPE:
                forms[key] += 1
                for sent in (form.emptied(), form.typed()):
                    yield {"who": person.name, "address": form.action, "sent": sent}


def taken(moment: str, asked: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield each answer: all pages first, person by person, then all forms."""
    clock = stand_at(moment)
    people: dict[str, Person] = {}
    last, at = "nobody yet", datetime.fromisoformat(moment)
    for one in sorted(asked, key=lambda one: "sent" in one):
        who = one["who"]
        if who != last or who not in people:
            at += PACE
            clock.move_to(at)
            people[who], last = Person(who), who
        yield {**one, **people[who].ask(one["address"], one.get("sent"))}


def main() -> None:
    """Write the list, or the answers."""
    moment, asked, *answers = sys.argv[1:]
    clock = stand_at(moment)
    django.setup()
    if not answers:
        at = datetime.fromisoformat(moment)
        found = []
        for place, who in enumerate(("", *OUTSIDE, *STAFF)):
            clock.move_to(at + place * PACE)
            found.extend(crawled(Person(who)))
        with open(asked, "w") as out:
            json.dump(found, out, indent=0)
        return
    with open(asked) as read, open(answers[0], "w") as out:
        for answer in taken(moment, json.load(read)):
            out.write(f"{json.dumps(answer)}\n")


if __name__ == "__main__":
    main()
