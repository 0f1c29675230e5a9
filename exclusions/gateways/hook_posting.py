"""Posting to an address that a person gave: no redirect, no proxy, no cookie, and an end to it whatever the other does.

The standard library's client, since it takes a socket that is connected already: to the very address that was judged.
"""

import socket
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from typing import Final

from exclusions.gateways.hook_addresses import Hook, NotAHook, reached, read_hook

SECONDS: Final = 10  # for all of it but the look-up of the name
OK = range(200, 300)
SLOW = "It did not answer within {} seconds."


@dataclass(frozen=True)
class Answer:
    """What came of it: the status where one came, and what went wrong, in a sentence; empty when it was taken."""

    status: int | None = None
    error: str = ""


def post(url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    """Post a JSON body and return what came of it; of the answer the status alone is read. Never raises."""
    try:
        hook = read_hook(url)
        address = reached(hook)
    except NotAHook as error:
        return Answer(error=str(error))
    try:
        with socket.create_connection(address, timeout=SECONDS) as plain:
            return _over(plain, hook, body, headers)
    except (OSError, ValueError):
        return Answer(error="No connection could be made.")


def _over(plain: socket.socket, hook: Hook, body: bytes, headers: Mapping[str, str]) -> Answer:
    """Post over a connection. A timer ends it: single reads have an end, but bytes may trickle for ever."""
    context = ssl.create_default_context()
    tls = context.wrap_socket(plain, server_hostname=hook.host, do_handshake_on_connect=False)
    late = threading.Event()

    def end() -> None:
        late.set()
        try:
            tls.shutdown(socket.SHUT_RDWR)
        except OSError:  # it is closed by now
            return

    timer = threading.Timer(SECONDS, end)
    timer.start()
    try:
        with tls:
            tls.do_handshake()
            answer = _asked(tls, hook, body, headers)
        # To the library half an answer is one that ends where the timer cut it off.
        return Answer(error=SLOW.format(SECONDS)) if late.is_set() else answer
    except ssl.SSLCertVerificationError:
        return Answer(error="The certificate does not hold for the host. Install one that browsers trust.")
    except (OSError, HTTPException, ValueError):
        return Answer(error=SLOW.format(SECONDS) if late.is_set() else "The connection broke off.")
    finally:
        timer.cancel()


def _asked(tls: ssl.SSLSocket, hook: Hook, body: bytes, headers: Mapping[str, str]) -> Answer:
    connection = HTTPConnection(hook.host, hook.port, timeout=SECONDS)
    connection.auto_open = 0
    connection.sock = tls
    named = {"Host": hook.named, "Content-Type": "application/json", "User-Agent": "tradecases", "Connection": "close"}
    connection.request("POST", hook.target, body, {**named, **headers})
    status = connection.getresponse().status
    if status in OK:
        return Answer(status)
    said = "Redirects are not followed: give the address it leads to." if 300 <= status < 400 else "2xx was expected."
    return Answer(status, f"It answered {status}. {said}")
