"""Chromium for the browser tests: the system's own, no download, no outside host."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect

from exclusions.models import User
from tests.chromium import installed
from tests.conftest import cannot_run
from tests.functional.accessible import wrong
from tests.waiting import PATIENCE

# Playwright keeps an event loop in the test's thread; Django would refuse to touch the database there.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
# Limits, not waits: what is expected goes on as soon as it is there, also on a machine that is busy with other things.
LIMIT = PATIENCE * 1000  # in the milliseconds of Playwright
expect.set_options(timeout=LIMIT / 3)

FLAGS = (
    "--no-sandbox",  # continuous integration runs as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
KNOWN: set[str] = set()  # the kinds of text whose contrast was found right in this process
# axe does not see an aria-describedby that points nowhere, so this looks every referenced id up.
DANGLING_IDS = """() => ['aria-describedby', 'aria-labelledby', 'aria-controls', 'for']
  .flatMap(name => [...document.querySelectorAll(`[${name}]`)]
    .flatMap(e => e.getAttribute(name).split(/\\s+/).filter(Boolean).map(id => [name, id])))
  .filter(([, id]) => !document.getElementById(id)).map(([name, id]) => `${name} -> #${id}`)"""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Launch the installed Chromium without its calls home."""
    chromium = installed()
    if not chromium:
        cannot_run("no Chromium is installed; on Debian: apt-get install chromium-headless-shell")
    return {**browser_type_launch_args, "executable_path": chromium, "args": list(FLAGS), "timeout": LIMIT}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """Show pages as a person in Washington sees them."""
    return {
        **browser_context_args,
        "viewport": {"width": 1280, "height": 900},
        "locale": "en-US",
        "timezone_id": "America/New_York",
    }


@pytest.fixture
def new_context(new_context: Callable[..., BrowserContext]) -> Callable[..., BrowserContext]:
    """Return `new_context(java_script_enabled=False, …)`: a window of its own, closed after the test."""

    def patient(**options: Any) -> BrowserContext:
        context = new_context(**options)
        context.set_default_timeout(LIMIT)
        return context

    return patient


@pytest.fixture
def page(page: Page, transactional_db: None) -> Iterator[Page]:
    """Return the page; afterwards no script may have failed and nothing may have broken the content policy.

    The database is the one of the live server, so what a test writes must be committed: `transactional_db`.
    """
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(f"script error: {error}"))
    page.on("console", lambda m: faults.append(m.text) if "Content Security Policy" in m.text else None)
    yield page
    assert not faults, f"on {page.url}: {faults}"


@pytest.fixture
def sign_in(page: Page, live_server: Any) -> Callable[[User], Page]:
    """Return `sign_in(user)`: the page gets that person's session. The sign-in form has a test of its own."""

    def with_session_of(user: User) -> Page:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        name = settings.SESSION_COOKIE_NAME
        page.context.clear_cookies()
        page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
        return page

    return with_session_of


@pytest.fixture
def assert_accessible() -> Callable[[Page], None]:
    """Return `assert_accessible(page)`: axe finds nothing, every referenced id exists."""

    def check(page: Page) -> None:
        page.wait_for_load_state()  # axe would pass half a page
        results = wrong(page, KNOWN)
        assert results.violations_count == 0, f"on {page.url}: {results.generate_report()}"
        assert page.evaluate(DANGLING_IDS) == [], f"ids that do not exist on {page.url}"

    return check
