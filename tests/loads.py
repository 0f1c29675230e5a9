"""Commands that load public files, run as a person would."""

from io import StringIO
from pathlib import Path

from django.core.management import call_command


def loaded(command: str, *files: Path) -> str:
    """Run the command, which may have options, with these files; return what it printed.

    What ships with the product is loaded once a process for who asks for `shipped`, `shipped_lists` (without note 20's
    exclusions, which take three seconds) or `shipped_schedule` (tests/made_once.py).
    """
    out = StringIO()
    call_command(*command.split(), *map(str, files), stdout=out, stderr=StringIO())
    return out.getvalue()
