"""Importing one module with a fault in it; the file on disk stays as it is."""

import ast
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from types import CodeType, ModuleType
from typing import Any

from tests.mutation.operators import mutations


class FaultyLoader(SourceFileLoader):
    """Compiles the module with its `number`-th fault; none for a negative number."""

    number = -1

    def get_code(self, fullname: str) -> CodeType:
        """Return the faulty module's code; nothing is read from or written to the cache of compiled files."""
        tree = ast.parse(self.get_data(self.path))
        if self.number >= 0:
            mutations(tree)[self.number].apply()
        return compile(ast.fix_missing_locations(tree), self.path, "exec", dont_inherit=True)


class FaultyFinder(MetaPathFinder):
    """Finds that one module; every other is found as usual."""

    def __init__(self, module: str, number: int) -> None:
        self.module, self.number = module, number

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        """Return where the module is, with the faulty loader; the name is Python's."""
        if name != self.module:
            return None
        spec: Any = PathFinder.find_spec(name, path)
        spec.loader = FaultyLoader(name, spec.origin)
        spec.loader.number = self.number
        return spec  # type: ignore[no-any-return]


def put_fault(module: str, number: int) -> None:
    """Let this process import the module with that fault; it must not have imported anything of the product yet."""
    assert not [name for name in sys.modules if name.split(".")[0] == "exclusions"], "the product is imported already"
    sys.meta_path.insert(0, FaultyFinder(module, number))
