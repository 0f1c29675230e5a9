"""The runbook's commands exist, with the options that it gives them, and so do its services and variables."""

import re
from pathlib import Path

import pytest
import yaml
from django.core.management import get_commands, load_command_class

from tests.conftest import PROJECT
from tests.unit.test_environment import OF_THE_BUCKET, read_by_settings

PAGES = [PROJECT / "docs" / "runbook.md", *sorted((PROJECT / "docs" / "runbook").glob("*.md"))]
SERVICES = set(yaml.safe_load((PROJECT / "compose.yaml").read_text(encoding="utf-8"))["services"])
COMMAND = re.compile(r"manage\.py ([a-z_]+)((?: [^`#\n]*)?)")


def options_of(name: str) -> set[str]:
    """The options of a command, as its parser knows them."""
    command = load_command_class(get_commands()[name], name)
    parser = command.create_parser("manage.py", name)
    return {option for action in parser._actions for option in action.option_strings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_of_it_exists_with_its_options(page: Path) -> None:
    for name, rest in COMMAND.findall(page.read_text(encoding="utf-8")):
        assert name in get_commands(), name
        assert set(re.findall(r"(?<=\s)--[a-z-]+", rest)) <= options_of(name), (name, rest)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_service_that_it_stops_or_asks_is_one_of_compose(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    stopped = {name for line in re.findall(r"docker compose stop ([a-z ]+)", text) for name in line.split()}
    asked = re.findall(
        r"docker compose (?:exec|run|restart)(?: -[-\w=]+(?: (?:root|postgres(?= postgres)|\w+=\w+))?)* (\w+)", text
    )
    assert stopped | set(asked) <= SERVICES
    if stopped:
        assert stopped == {"web", "clock", "mail", "worker"}, "whoever writes is stopped, all of them"


def test_the_variables_that_it_sets_are_read() -> None:
    known = read_by_settings() | OF_THE_BUCKET | {f"{name}_FILE" for name in read_by_settings()} | {"NAME_FILE"}
    known |= {"FAULT_SECONDS"}
    for page in PAGES:
        named = re.findall(r"(?:^|[`\s])([A-Z][A-Z0-9_]{3,})=", page.read_text(encoding="utf-8"))
        assert set(named) <= known, page.name
