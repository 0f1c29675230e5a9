"""A pytest plugin that writes how long each test took, its fixtures included: --seconds-to=FILE."""

import json
from collections import defaultdict
from pathlib import Path

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option; the name is pytest's, as below."""
    parser.addoption("--seconds-to", default="", help="write the seconds of each test to this file, as JSON")


class Seconds:
    """Adds the phases of each test up."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.seconds: dict[str, float] = defaultdict(float)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take one phase."""
        self.seconds[report.nodeid] += report.duration

    def pytest_sessionfinish(self) -> None:
        """Write them."""
        self.file.write_text(json.dumps(self.seconds, indent=0, sort_keys=True))


def pytest_configure(config: pytest.Config) -> None:
    """Count in the process that hears of every test."""
    file = config.getoption("--seconds-to")
    if file and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Seconds(Path(file)))
