"""All copy of the product, read from its files: what people read, with where it stands and what kind of words it is."""

from collections.abc import Iterator
from pathlib import Path

from exclusions.management.copy.code import code_copy
from exclusions.management.copy.files import file_copy
from exclusions.management.copy.line import Line
from exclusions.management.copy.markup import template_copy
from exclusions.management.copy.names import model_copy

__all__ = ["Line", "all_copy"]


def all_copy(project: Path) -> Iterator[Line]:
    """Yield each piece of copy of the project in this folder, file by file; those of the models come last."""
    for path in sorted(project.glob("templates/**/*.*")):
        yield from template_copy(path, project)
    for path in sorted(project.glob("exclusions/**/*.py")) + sorted(project.glob("tradecases/**/*.py")):
        if "migrations" not in path.parts:
            yield from code_copy(path, project)
    yield from file_copy(project)
    yield from model_copy()
