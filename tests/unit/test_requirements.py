"""What the product imports is what its requirements name: nothing comes along only because a library brings it."""

import ast
import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

from tests.conftest import PROJECT

OWN = {"exclusions", "tradecases"}
NAMED_IN = ("requirements.in", "requirements-s3.in")
# Amazon's library comes in packages that are released for each other; what is asked for is what stands on them.
TOGETHER = dict.fromkeys(("boto3", "botocore", "s3transfer"), "django-storages")


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _named() -> set[str]:
    lines = [line for file in NAMED_IN for line in (PROJECT / file).read_text("utf-8").splitlines()]
    return {_plain(found[0]) for line in lines if (found := re.match(r"[A-Za-z0-9][A-Za-z0-9._-]*", line))}


def _imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            found.add(node.module.partition(".")[0])
    return found - OWN - sys.stdlib_module_names


def test_each_library_that_is_imported_is_named_in_the_requirements() -> None:
    brought_by, named = packages_distributions(), _named()
    files = [*PROJECT.glob("*.py"), *(path for folder in OWN for path in (PROJECT / folder).rglob("*.py"))]
    unnamed = {
        f"{path.relative_to(PROJECT)}: {module}"
        for path in files
        for module in _imported(path)
        if not {_plain(one) for one in [*brought_by.get(module, []), TOGETHER.get(module, module)]} & named
    }
    assert unnamed == set()
