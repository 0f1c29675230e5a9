"""What gunicorn reads where the product is served: its own lines look as all others, all processes count together."""

import os
import shutil
import tempfile
from typing import Any

logger_class = "tradecases.serving.Log"

# Made by the first process before the others, and gone with it: a server that starts counts from nothing. The library
# looks for it as soon as it is imported.
MADE = ""
if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
    MADE = os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="tradecases-counts-")


def child_exit(server: Any, worker: Any) -> None:
    """Let go of what only a process that lives has to say."""
    from prometheus_client import multiprocess  # noqa: PLC0415  (after the folder is named)

    multiprocess.mark_process_dead(worker.pid)


def on_exit(server: Any) -> None:
    """Take the folder away, unless somebody else named it."""
    if MADE:
        shutil.rmtree(MADE, ignore_errors=True)
