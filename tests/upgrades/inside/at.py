"""Commands and pages of the site that the environment names, at a given moment, in one process of its own.

    python at.py MOMENT STEP…

A step is a JSON list: ["GET", "/docket/"], ["SIGN IN", e-mail address, password], or a command of manage.py with its
arguments. Prints a JSON list with one pair a step: the status (of HTTP, or 0 and 1 as an exit) and what was answered.
The code is that of the folder that PYTHONPATH names.
"""

import json
import os
import sys
from io import StringIO

import django
from django.core.management import CommandError, call_command
from django.test import Client
from steady import load_dice, stand_at

Answer = tuple[int, str]


def run(command: str, *arguments: str) -> Answer:
    """Run a command of manage.py; return its exit status and what it said."""
    out = StringIO()
    try:
        call_command(command, *arguments, stdout=out, stderr=out, skip_checks=False)
    except CommandError as refused:
        return 1, f"{out.getvalue()}{refused}"
    return 0, out.getvalue()


def get(client: Client, path: str) -> Answer:
    """Ask for a page or file; return the status and the text."""
    answer = client.get(path)
    body = b"".join(answer) if answer.streaming else answer.content
    answer.close()
    return answer.status_code, body.decode(errors="replace")


def take(client: Client, step: list[str]) -> Answer:
    """Take one step."""
    if step[0] == "GET":
        return get(client, step[1])
    if step[0] == "SIGN IN":
        return client.post("/accounts/login/", {"login": step[1], "password": step[2]}).status_code, ""
    return run(*step)


def main() -> None:
    """Take the steps and print what came of them."""
    moment, *steps = sys.argv[1:]
    stand_at(moment)
    if os.environ.get("DICE"):
        load_dice(os.environ["DICE"])
    django.setup()
    client = Client(SERVER_NAME="127.0.0.1", raise_request_exception=False)
    answers = [take(client, json.loads(step)) for step in steps]
    sys.stdout.write(f"{json.dumps(answers)}\n")


if __name__ == "__main__":
    main()
