"""The alert rules and the board name figures that are there, and are of the form that Prometheus and Grafana read."""

import json
import re
from typing import Any

import pytest
import yaml
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from tests.conftest import PROJECT

FOLDER = PROJECT / "docs" / "monitoring"
RULES: list[dict[str, Any]] = yaml.safe_load((FOLDER / "alerts.yml").read_text())["groups"][0]["rules"]
BOARD: dict[str, Any] = json.loads((FOLDER / "board.json").read_text())
NAME = re.compile(r"\btradecases_\w+")
LABEL = re.compile(r"(tradecases_\w+)\{([^}]*)\}")
RUNBOOK = (PROJECT / "docs" / "runbook.md").read_text()


def questions() -> dict[str, str]:
    """Return each question of rules and board by its name."""
    of_board = {panel["title"]: " ".join(one["expr"] for one in panel["targets"]) for panel in BOARD["panels"]}
    return {**{rule["alert"]: rule["expr"] for rule in RULES}, **of_board}


@pytest.fixture
def told() -> dict[str, set[str]]:
    """The names that /metrics tells, each with the names of its labels."""
    Client().get("/nowhere/")
    families = text_string_to_metric_families(Client().get("/metrics").content.decode())
    return {sample.name: set(sample.labels) for family in families for sample in family.samples}


@pytest.mark.django_db
def test_each_figure_that_is_asked_for_is_there(told: dict[str, set[str]]) -> None:
    asked = {name: set(NAME.findall(text)) for name, text in questions().items()}
    assert {name: names - set(told) for name, names in asked.items() if names - set(told)} == {}
    for text in questions().values():
        for name, labels in LABEL.findall(text):
            assert set(re.findall(r"(\w+)=", labels)) <= told[name]


@pytest.mark.django_db
def test_each_figure_is_asked_for_and_explained(told: dict[str, set[str]]) -> None:
    asked = set(NAME.findall(" ".join(questions().values())))
    families = {re.sub(r"_(total|bucket|sum|count)$", "", name) for name in told if not name.endswith("_created")}
    assert families - {re.sub(r"_(total|bucket|sum|count)$", "", name) for name in asked} == set()
    explained = (FOLDER / "README.md").read_text()
    short = {name.removeprefix("tradecases_").split("_")[0] for name in families}
    assert {name for name in short if f"tradecases_{name}" not in explained} == set()


def test_there_are_ten_rules_of_the_form_that_prometheus_reads() -> None:
    assert len({rule["alert"] for rule in RULES}) == len(RULES) == 10
    for rule in RULES:
        assert set(rule) <= {"alert", "expr", "for", "labels", "annotations"}
        assert re.fullmatch(r"\d+[smh]", rule.get("for", "1m"))
        assert rule["labels"]["severity"] in {"page", "ticket"}
        assert set(rule["annotations"]) == {"summary", "action"}
        assert rule["expr"].count("(") == rule["expr"].count(")")
        for section in re.findall(r'Runbook, "([^"]+)"', rule["annotations"]["action"]):
            assert f"## {section}" in RUNBOOK


def test_the_board_names_no_source_of_anybody() -> None:
    assert {panel["datasource"]["uid"] for panel in BOARD["panels"]} == {"${source}"}
    assert len({panel["id"] for panel in BOARD["panels"]}) == len(BOARD["panels"])
    assert "http" not in json.dumps(BOARD)
