"""The lines of the log as they are written."""

import io
import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from exclusions.gateways.observed.lines import Lines

Written = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def written() -> Iterator[Written]:
    """Return a function that gives the lines written so far, read from their JSON; with `event` those of one kind."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Lines())
    logging.getLogger().addHandler(handler)

    def lines(event: str = "") -> list[dict[str, Any]]:
        found = [json.loads(line) for line in stream.getvalue().splitlines()]
        return [line for line in found if event in ("", line["event"])]

    yield lines
    logging.getLogger().removeHandler(handler)
