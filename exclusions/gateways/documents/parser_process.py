"""The program in which uploads are parsed: it waits with the libraries loaded, and forks a child for each file.

`parsing` starts it without environment: nothing of the web process (settings, keys, connections) is in it. With each
byte on its standard input, a socket, come five descriptors: the request (JSON, into which the answer is written), the
file, its cleaned copy, its text, and a pipe that tells the end. The limits are the kernel's: no code of a parser gets
round them, and a child that dies takes nobody with it.
"""

import json
import os
import resource
import signal
import socket
from contextlib import suppress
from typing import Any

from exclusions.gateways.documents import taking_in

DONE = b"."
WALL = 15  # seconds
MEMORY = 1 << 30  # bytes of address space
OUTPUT = 100_000_000  # bytes of each file that is written
DESCRIPTORS = 5
_NICER = 5  # a page that somebody waits for comes before a file


def main() -> None:
    """Serve the socket on standard input."""
    with socket.socket(fileno=0) as requests:
        serve(requests)


def serve(requests: socket.socket) -> None:
    """Fork a child for each request, until the one who asks is gone."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel buries the children
    while True:
        message, descriptors, _, _ = socket.recv_fds(requests, 1, DESCRIPTORS)
        if not message:
            return
        if os.fork() == 0:
            with suppress(BaseException):  # whatever the damage of a file meets: the pipe closes without a word
                requests.close()
                _work(descriptors)
            os._exit(0)
        for descriptor in descriptors:
            os.close(descriptor)


def _work(descriptors: list[int]) -> None:
    talk, source, clean, text = (os.fdopen(descriptor, "r+b") for descriptor in descriptors[:4])
    talk.seek(0)
    request: dict[str, Any] = json.load(talk)
    _limit(request.pop("seconds"))
    answer = taking_in.JOBS[request.pop("job")](source=source, clean=clean, text=text, **request)
    used = resource.getrusage(resource.RUSAGE_SELF)
    answer["seconds"] = used.ru_utime + used.ru_stime
    talk.seek(0)
    talk.truncate()
    talk.write(json.dumps(answer).encode())
    for written in (clean, text, talk):
        written.flush()
    os.write(descriptors[4], DONE)


def _limit(seconds: int) -> None:
    os.nice(_NICER)
    signal.alarm(WALL)  # by default it ends the process
    limits = {
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_AS: MEMORY,
        resource.RLIMIT_FSIZE: OUTPUT,
        resource.RLIMIT_CORE: 0,
    }
    for what, limit in limits.items():
        resource.setrlimit(what, (limit, limit))
