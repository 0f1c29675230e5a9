"""How a line of the log is written: one JSON object a line, whoever wrote it, without values and secret addresses.

A line holds the keys of KEYS and no others, so that nothing gets into the log by being handed along. Of an exception
the kinds and the places are written: its text may repeat what somebody typed.
"""

import logging
import sys
import traceback
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import structlog
from structlog.stdlib import ProcessorFormatter
from structlog.typing import EventDict

from exclusions.gateways.log_lines import WithoutSecrets, without_secrets

# What a line may hold, in this order; none of it is of anybody's case.
KEYS = (
    *("time", "level", "logger", "event", "request_id", "person"),
    *("method", "route", "status", "ms"),
    *("task", "task_id", "parent_task_id", "child_task_id", "child_task_name", "duration_ms"),
    *("refusal", "transition", "gates", "case", "raised_in"),
    *("message_id", "cause", "statement", "error", "exception"),
)
# What others may have written into, an address for one; the rest are numbers, keys, and names of ours.
TEXTS = ("event", "statement", "exception")


def configure() -> None:
    """Have what is written through structlog go the way of all lines: to the handler of the settings."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.contextvars.merge_contextvars,
            ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


class Lines(WithoutSecrets):
    """Writes a record as one line: JSON, or `readable` at somebody's terminal; `texts` are those of exceptions."""

    def __init__(self, *, readable: bool = False, texts: bool = False) -> None:
        end: Any = structlog.dev.ConsoleRenderer(colors=False, pad_event_to=0, sort_keys=False)
        written = ProcessorFormatter(
            foreign_pre_chain=[structlog.contextvars.merge_contextvars],
            processors=[
                _with_exception if not texts else _with_exception_and_text,
                _known,
                end if readable else structlog.processors.JSONRenderer(),
            ],
        )
        super().__init__(inner=written)
        self._written = written

    def format(self, record: logging.LogRecord) -> str:
        """Return the line. Its values are without secrets already: in the whole of it, signs of JSON would be taken."""
        return self._written.format(record)


def _with_exception(logger: Any, method: str, line: EventDict) -> EventDict:
    """Write the exception as kinds and places; what libraries hand along of its text is dropped."""
    found = _exception_of(line)
    line["error"] = type(found).__name__ if found else ""
    line["exception"] = "\n".join(_places(found)) if found else ""
    return line


def _with_exception_and_text(logger: Any, method: str, line: EventDict) -> EventDict:
    found = _exception_of(line)
    line["exception"] = "".join(traceback.format_exception(found)) if found else ""
    return line


def _exception_of(line: EventDict) -> BaseException | None:
    told = line.get("exc_info") or line.get("exception")
    error = sys.exc_info()[1] if told is True else told[1] if isinstance(told, tuple) else told
    return error if isinstance(error, BaseException) else None


def _places(error: BaseException) -> Iterator[str]:
    """Yield the kind of an error and where it came from, then what it came from itself."""
    met: BaseException | None = error
    while met is not None:
        yield type(met).__name__
        for frame in traceback.extract_tb(met.__traceback__):
            yield f"  {frame.filename}:{frame.lineno} {frame.name}"
        met = met.__cause__ or (None if met.__suppress_context__ else met.__context__)


def _known(logger: Any, method: str, line: EventDict) -> EventDict:
    """Return the line as it is written: time, level and who wrote it, then what is known, each without secrets."""
    record: logging.LogRecord = line["_record"]
    line["time"] = datetime.fromtimestamp(record.created).astimezone().isoformat(timespec="milliseconds")
    line["level"], line["logger"] = record.levelname.lower(), record.name
    for name in TEXTS:
        if line.get(name):
            line[name] = without_secrets(str(line[name]))
    return {name: line[name] for name in KEYS if line.get(name) not in (None, "", ()) or name == "event"}
