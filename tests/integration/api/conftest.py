"""The public site that the API's tests read."""

import pytest
from rest_framework.throttling import SimpleRateThrottle

from tests.factories.site import make_site


@pytest.fixture
def site(db: None) -> None:
    """Make something for every list of the API."""
    make_site()


@pytest.fixture
def no_throttle(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let one address ask as often as it likes."""
    for scope in ("anon", "user", "refunds"):
        monkeypatch.setitem(SimpleRateThrottle.THROTTLE_RATES, scope, None)
