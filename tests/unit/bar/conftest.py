"""Tests that run pytest themselves: what is measured of the outer one is not measured of theirs."""

import pytest


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let SlipCover, which knows its workers by the environment, take none of theirs for one."""
    monkeypatch.delenv("SLIPCOVER_ENABLED", raising=False)
