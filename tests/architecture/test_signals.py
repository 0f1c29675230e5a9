"""Nothing happens behind a caller's back: no signal has our receiver, but three round a migrate that keep guards."""

import ast
import gc
from weakref import ReferenceType

import pytest
from django.dispatch import Signal

from tests.architecture.source import Source, product, snippet

RECEIVERS = {
    "exclusions.gateways.database.serving.refuse_while_serving",
    "exclusions.models.guards.before_migrate",
    "exclusions.actions.record.after_migrate.after_migrate",
}
# The one module that may know a signal, and those it knows.
KNOWN = {
    "exclusions.apps": tuple(
        f"django.db.models.signals.{name}{call}"
        for name in ("pre_migrate", "post_migrate")
        for call in ("", ".connect")
    )
}


def breaches(source: Source) -> list[str]:
    """Return the signals that a module knows by import: without one it can neither send nor receive."""
    names = set(source.imports.values())
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute):
            names.add(source.meaning(node))
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    signals = {name for name in names if "signals" in name.split(".") or name.startswith("django.dispatch")}
    return sorted(f"{source.name} knows {name}" for name in signals.difference(KNOWN.get(source.name, ())))


def test_no_module_knows_a_signal_but_those() -> None:
    assert [breach for source in product() for breach in breaches(source)] == []


def test_three_receivers_of_ours_listen() -> None:
    listening = set()
    for signal in (found for found in gc.get_objects() if issubclass(type(found), Signal)):
        for entry in signal.receivers:
            receiver = entry[1]() if isinstance(entry[1], ReferenceType) else entry[1]
            module = getattr(receiver, "__module__", "")
            if module.partition(".")[0] in {"exclusions", "tradecases"}:
                listening.add(f"{module}.{receiver.__qualname__}")
    assert listening == RECEIVERS


@pytest.mark.parametrize(
    "text",
    [
        "from django.dispatch import receiver",
        "from django.db.models.signals import post_save",
        "from django.db.models import signals",
        "from django.db import models\nmodels.signals.post_save.connect(print)",
        "import django.dispatch",
        "from allauth.account.signals import user_signed_up",
        "from django.core.signals import request_finished as done",
    ],
)
def test_the_check_sees_a_signal(text: str) -> None:
    assert breaches(snippet(text, "exclusions.models.petition"))
    assert breaches(snippet(text, "exclusions.apps"))


def test_the_check_takes_nothing_else_for_one() -> None:
    assert breaches(snippet("import socket\nsocket.socket().connect(1)")) == []
    assert breaches(snippet("from django.db.models.signals import post_migrate", "exclusions.apps")) == []
