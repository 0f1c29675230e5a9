"""keep.py COMMAND…: run a command, and again whenever it fails, as a service manager does; TERM and INT end it.

Celery's worker gives up with an error of its own when the queue goes away at the moment in which it takes a task.
Signals wait from before the first start until they are asked for, so that none comes between two steps and is lost.
"""

import signal
import subprocess
import sys
import time

ASKS = {signal.SIGTERM, signal.SIGINT}
WAITED = {*ASKS, signal.SIGCHLD}
PAUSE = 1  # seconds before the next start


def _as_it_was() -> None:
    """In the child: hear signals again; an interrupt from a terminal reaches it by way of its keeper alone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, WAITED)


def _once(command: list[str]) -> tuple[int, bool]:
    """How the command ended (as a shell says it), and whether it was asked to."""
    child = subprocess.Popen(command, preexec_fn=_as_it_was)
    asked = False
    while child.poll() is None:
        if signal.sigwait(WAITED) in ASKS:
            asked = True
            child.terminate()
    return (child.returncode if child.returncode >= 0 else 128 - child.returncode), asked


def kept(command: list[str]) -> int:
    """Run the command until it ends well or is asked to end; the status of its last run."""
    signal.signal(signal.SIGCHLD, lambda *_: None)  # one that is ignored need not wait
    signal.pthread_sigmask(signal.SIG_BLOCK, WAITED)
    while True:
        status, asked = _once(command)
        if asked or status == 0:
            return status
        sys.stderr.write(f"It ended with status {status} and is started again: {' '.join(command)}\n")
        sys.stderr.flush()
        time.sleep(PAUSE)
        if signal.sigpending() & ASKS:
            return status


if __name__ == "__main__":
    sys.exit(kept(sys.argv[1:]))
