"""The clock is read at the doors alone, and there once: whatever lies behind them is told the moment."""

import ast
import re
from collections import Counter

import pytest
from django.apps import apps

from tests.architecture.source import PACKAGE, Source, product, snippet
from tests.conftest import PROJECT

# Each door that reads the clock. Pages read it in one place; the others once in the function that is asked.
DOORS = {
    "exclusions.views.core.clock": "of every page",
    "exclusions.views.core.middleware.outbox": "when the answer is out and the outbox is emptied",
    "exclusions.views.core.session_time": "how long ago the session was written",
    "exclusions.gateways.observed.tasks": "when a task ended, which nobody but who measures reads",
    "exclusions.views.core.session": "when the session was renewed",
    "exclusions.api.docket": "",
    "exclusions.api.exclusions": "",
    "exclusions.api.listed": "",
    "exclusions.api.refunds": "",
    "exclusions.api.rounds": "",
    "exclusions.api.tariff": "",
    "exclusions.api.petitions.owned": "once a request of a program",
    "exclusions.api.tokens": "whether a token has run out",
    "exclusions.management.commands.create_token": "",
    "exclusions.admin.people": "",
    "exclusions.admin.read_only": "",
    "exclusions.admin.rounds": "",
    "exclusions.management.commands.after_restore": "",
    "exclusions.management.commands.changepassword": "",
    "exclusions.management.commands.createsuperuser": "",
    "exclusions.management.commands.list_exclusions": "",
    "exclusions.management.commands.load_docket": "",
    "exclusions.management.commands.load_exclusions": "",
    "exclusions.management.commands.write_annex": "",
    "exclusions.management.commands.load_hts": "",
    "exclusions.management.commands.load_lists": "",
    "exclusions.management.commands.load_rounds": "",
    "exclusions.management.commands.load_shipped": "",
    "exclusions.management.commands.maintenance": "",
    "exclusions.management.commands.upgrade": "",
    "exclusions.management.commands.run_clock": "",
    "exclusions.management.commands.seed_demo": "",
    "exclusions.management.commands.sweep_files": "",
    "exclusions.management.commands.unreadable_factors": "",
    "exclusions.tasks": "",
    "exclusions.models.public": "when a change of the docket was counted, which caches alone are told",
    "exclusions.management.commands.export_docket": "",
    "exclusions.actions.record.after_migrate": "when the docket is counted after a migrate",
}
CLOCKS = {
    "django.utils.timezone.now",
    "django.db.models.functions.Now",
    "datetime.datetime.now",
    "datetime.datetime.utcnow",
    "datetime.datetime.today",
    "datetime.date.today",
    "time.time",
    "time.time_ns",
    "time.localtime",
    "time.gmtime",
}
# These read the clock unless they are given a moment.
OF_NOW = {"django.utils.timezone.localdate", "django.utils.timezone.localtime"}
AUTOMATIC = {"auto_now", "auto_now_add"}
IN_TEMPLATE = re.compile(r"{%\s*now\b")


def reads(source: Source) -> list[tuple[str, str]]:
    """Return (function, what) for each reading of the clock in a module, a mere mention such as a default included."""
    found, counted = [], set()
    for function, node in source.walk():
        if isinstance(node, ast.Call) and source.meaning(node.func) in OF_NOW and not node.args and not node.keywords:
            found.append((function, source.meaning(node.func)))
            counted.add(id(node.func))
        if isinstance(node, ast.keyword) and node.arg in AUTOMATIC:
            found.append((function, str(node.arg)))
        if isinstance(node, ast.Attribute | ast.Name) and source.meaning(node) in CLOCKS and id(node) not in counted:
            found.append((function, source.meaning(node)))
    return found


def breaches(source: Source) -> list[str]:
    """Return the readings of a module that is no door, and those that a function of a door repeats."""
    found = reads(source)
    if source.name not in DOORS:
        return [f"{source.name}.{function} reads {what}" for function, what in found]
    counted = Counter(function for function, _ in found)
    return [f"{source.name}.{function} reads the clock {n} times" for function, n in counted.items() if n > 1]


def test_the_clock_is_read_at_the_doors_and_once() -> None:
    assert [breach for source in product() for breach in breaches(source)] == []


def test_every_door_that_is_named_reads_it() -> None:
    assert {source.name for source in product() if reads(source)} == DOORS.keys()


def test_no_column_dates_itself() -> None:
    columns = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_app_config("exclusions").get_models()
        for field in model._meta.local_concrete_fields
        if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
        or (callable(field.default) and field.default.__name__ in {"now", "localdate", "today"})
    ]  # fmt: skip
    assert columns == []


def test_no_template_reads_the_clock() -> None:
    pages = [*(PROJECT / "templates").rglob("*.*"), *PACKAGE.rglob("*.html")]
    assert [path.name for path in pages if IN_TEMPLATE.search(path.read_text())] == []


@pytest.mark.parametrize(
    "text",
    [
        "from django.utils import timezone\ndef deny(): return timezone.now()",
        "from django.utils.timezone import now\ndef deny(): return now()",
        "from django.utils import timezone as tz\ndef deny(): return tz.now()",
        "from django.utils import timezone\ndef deny(): return timezone.localdate()",
        "from datetime import datetime\ndef deny(zone): return datetime.now(zone)",
        "import datetime\ndef deny(zone): return datetime.datetime.now(zone)",
        "from datetime import date\ndef deny(): return date.today()",
        "import time\ndef deny(): return time.time()",
        "from django.utils import timezone\nat = models.DateTimeField(default=timezone.now)",
        "at = models.DateTimeField(auto_now_add=True)",
        "from django.db.models.functions import Now\nat = models.DateTimeField(db_default=Now())",
    ],
)
def test_the_check_sees_a_reading(text: str) -> None:
    assert breaches(snippet(text, "exclusions.actions.decision.decisions"))


def test_the_check_sees_a_second_reading_at_a_door() -> None:
    text = "from django.utils import timezone\ndef handle(): return timezone.now(), timezone.now()"
    assert breaches(snippet(text, "exclusions.tasks"))


@pytest.mark.parametrize(
    "text",
    [
        "from django.utils import timezone\ndef day(at): return timezone.localdate(at)",
        "import time\ndef begin(): return time.monotonic()",
        "def page(now): return now",
        "from datetime import time\nMIDNIGHT = time()",
    ],
)
def test_the_check_takes_nothing_else_for_one(text: str) -> None:
    assert breaches(snippet(text, "exclusions.actions.decision.decisions")) == []
