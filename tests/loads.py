"""Loads of what ships with the product and of the public files: each taken once a process from the same state.

A test that asks for `loads` starts in a database of which it is known that nothing but the migrations wrote there
(tests/kept_world.py); what the first one loads is written for the others (tests/taken_once.py).
"""

from hashlib import blake2b
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.taken_once import TRAIL


@pytest.fixture
def loads() -> None:
    """Asked for by tests that load the same as others."""


def loaded(command: str, *files: Path) -> str:
    """Run the command, which may have options, with these files; return what it printed.

    “load_shipped --lists-alone” is quicker by three seconds, for tests that need no exclusion of note 20.
    """

    def load() -> str:
        out = StringIO()
        call_command(*command.split(), *map(str, files), stdout=out, stderr=StringIO())
        return out.getvalue()

    said, _ = TRAIL.once((command, *(blake2b(file.read_bytes()).digest() for file in files)), load)
    return str(said)
