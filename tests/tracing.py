"""Which tests `make mutants` traces, to know which test runs which line. Tracing doubles their time (Python 3.11).

Not traced: tests marked `any_database` or `untraced`, whose mark names the test that runs the same; and on PostgreSQL
all but those marked `postgres`, since the others are traced on SQLite. Every other test is. The bar traces none: what
it says of coverage comes from `tests/probes.py`.
"""

from collections.abc import Generator

import pytest
from django.conf import settings


def is_traced(item: pytest.Item) -> bool:
    """Whether the lines that this test runs count as covered."""
    if item.get_closest_marker("any_database") or item.get_closest_marker("untraced"):
        return False
    on_sqlite = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
    return on_sqlite or item.get_closest_marker("postgres") is not None


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Stop pytest-cov for the whole of a test that is not traced, its fixtures included; the name is pytest's."""
    plugin = item.config.pluginmanager.get_plugin("_cov")
    controller = getattr(plugin, "cov_controller", None)
    if controller is None or is_traced(item):
        return (yield)
    controller.pause()
    try:
        return (yield)
    finally:
        controller.resume()
