"""The public site that the API's tests read."""

import pytest
from rest_framework.throttling import SimpleRateThrottle

from tests.factories.site import make_site
from tests.made_once import Standing


@pytest.fixture
def listed_site(db: None, standing: Standing | None) -> None:
    """Make something for every list of the API, where it does not stand already (tests/made_once.py)."""
    if not (standing and standing.name == "listed_site"):
        make_site()


@pytest.fixture
def no_throttle(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let one address ask as often as it likes."""
    for scope in ("anon", "user", "refunds"):
        monkeypatch.setitem(SimpleRateThrottle.THROTTLE_RATES, scope, None)
