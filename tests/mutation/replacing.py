"""Putting a fault into functions that are loaded already: their code is exchanged, whoever refers to them."""

import ast
import gc
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FunctionType

from tests.mutation.operators import mutations


class Functions:
    """Every function of this process as it was loaded, by its file: plain ones, methods, what a decorator wraps."""

    def __init__(self) -> None:
        self.by_file: dict[str, list[FunctionType]] = defaultdict(list)
        for found in gc.get_objects():
            if type(found) is FunctionType:  # a weak proxy would be asked for what it stood for
                self.by_file[found.__code__.co_filename].append(found)

    def put_fault(self, path: Path, number: int) -> bool:
        """Put a module's `number`-th fault into its functions; return False, with nothing done, where that can't be.

        It cannot where no function that is loaded has the fault (a table has it, or what ran at import), or where it
        changes which names of its surroundings a function uses.
        """
        sound, faulty = _compiled(path), _compiled(path, number)
        changed = {was: becomes for was, becomes in _pairs(sound, faulty) if was != becomes and was is not sound}
        found = [each for each in self.by_file[str(path)] if each.__code__ in changed]
        if not found or any(each.__code__.co_freevars != changed[each.__code__].co_freevars for each in found):
            return False
        for each in found:
            each.__code__ = changed[each.__code__]
        return True


def _compiled(path: Path, number: int = -1) -> CodeType:
    tree = ast.parse(path.read_bytes())
    if number >= 0:
        mutations(tree)[number].apply()
    return compile(ast.fix_missing_locations(tree), str(path), "exec", dont_inherit=True)


def _pairs(sound: CodeType, faulty: CodeType) -> Iterator[tuple[CodeType, CodeType]]:
    """Yield each code with what it becomes; nothing below one whose inner functions are others than before."""
    yield sound, faulty
    inner = [[each for each in code.co_consts if isinstance(each, CodeType)] for code in (sound, faulty)]
    if [each.co_qualname for each in inner[0]] == [each.co_qualname for each in inner[1]]:
        for was, becomes in zip(*inner, strict=True):
            yield from _pairs(was, becomes)
