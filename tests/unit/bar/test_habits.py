"""What editors and commits are told is what the bar asks for."""

import json
import re
import subprocess
import tomllib
from configparser import ConfigParser

import pytest
import yaml

from tests.conftest import PROJECT

BAR = (PROJECT / ".ci" / "bar.sh").read_text("utf-8")
CONFIGURATION = PROJECT / ".pre-commit-config.yaml"
HOOKS = {
    hook["name"]: hook for repo in yaml.safe_load(CONFIGURATION.read_text("utf-8"))["repos"] for hook in repo["hooks"]
}
# The parts of the bar that take longer than somebody waits for a commit, or look at what no commit changes.
NOT_BEFORE_A_COMMIT = {
    "Programs",
    "Public data",
    "Django checks",
    "API schema (OpenAPI 3.1)",
    "Workflow diagram",
    "Ready for the tests",
    "Tests on SQLite",
    "Tests on PostgreSQL, Redis, worker",
    "Tests in Chromium",
    "Branch coverage",
}


def test_each_part_of_the_bar_is_a_hook_or_is_left_to_the_bar() -> None:
    assert set(re.findall(r'\bpart "([^"]+)" ', BAR)) == {*HOOKS, *NOT_BEFORE_A_COMMIT}


@pytest.mark.parametrize("name", HOOKS)
def test_a_hook_starts_the_bars_own_program(name: str) -> None:
    command = str(HOOKS[name]["entry"])
    program = re.search(r"\.venv/bin/([\w-]+)", command)
    assert program
    assert f'"$py/{program[1]}"' in BAR
    assert (PROJECT / ".venv" / "bin" / program[1]).exists()


def test_nothing_is_fetched_for_a_hook() -> None:
    repos = yaml.safe_load(CONFIGURATION.read_text("utf-8"))["repos"]
    assert {repo["repo"] for repo in repos} == {"local"}
    assert {hook["language"] for hook in HOOKS.values()} == {"unsupported"}
    said = subprocess.run(
        [PROJECT / ".venv" / "bin" / "pre-commit", "validate-config", CONFIGURATION],
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 0, said.stdout + said.stderr


def test_editors_break_lines_where_ruff_does() -> None:
    editors = ConfigParser()
    editors.read_string("[before]\n" + (PROJECT / ".editorconfig").read_text("utf-8"))
    ruff = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["tool"]["ruff"]
    assert int(editors["*"]["max_line_length"]) == ruff["line-length"]


def test_the_container_for_developers_runs_the_python_of_the_image_and_both_set_ups() -> None:
    folder = PROJECT / ".devcontainer"
    settings = json.loads((folder / "devcontainer.json").read_text("utf-8"))
    container = (folder / settings["build"]["dockerfile"]).read_text("utf-8")
    image = (PROJECT / "Dockerfile").read_text("utf-8")
    assert re.findall(r"python:([\d.]+)", container) == re.findall(r"python:([\d.]+)", image)
    assert ".ci/programs.sh" in container
    assert settings["postCreateCommand"] == "bash .ci/install.sh dev"
    assert "fifteen" in (PROJECT / "CONTRIBUTING.md").read_text("utf-8")
    assert (PROJECT / "DEVELOPERS.md").read_text("utf-8").count("\n## Add ") == 15
