"""What stands in a module is used by the product: a function or a constant that tests alone call is dead."""

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from tests.architecture.source import Source, product, snippet, whole_product
from tests.conftest import PROJECT

# What tests alone need of the product, and why it stands there.
FOR_TESTS = {
    "exclusions.facts.forms.forget_made_forms": "it empties what a process remembers, which the module alone can reach",
    "exclusions.gateways.letter_words.shipped_kinds": "it says what is shipped, beside the one that reads it",
    "exclusions.questionnaires.samples.sample_comment": "it answers a form from the book of samples, which is private",
}
WORD = re.compile(r"\w+")


def defined(module: Source) -> Iterator[str]:
    """Yield the names of the functions and constants of a module, but for those that a decorator takes in hand."""
    for node in module.tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.decorator_list:
            yield node.name
        elif isinstance(node, ast.Assign):
            yield from (target.id for target in node.targets if isinstance(target, ast.Name))


def unused(modules: Iterable[Source], *texts: str) -> list[str]:
    """Return the dotted names that are written once in all modules and texts together: where they are defined."""
    modules = list(modules)
    written = Counter(word for text in (*(module.text for module in modules), *texts) for word in WORD.findall(text))
    return [f"{module.name}.{name}" for module in modules for name in defined(module) if written[name] == 1]


def test_the_product_uses_what_it_defines() -> None:
    templates = [file.read_text(encoding="utf-8") for file in (PROJECT / "templates").rglob("*") if file.is_file()]
    around = [module.text for module in whole_product() if not module.name.startswith("exclusions.")]
    around.append((PROJECT / "manage.py").read_text(encoding="utf-8"))
    assert set(unused(product(), *templates, *around)) == FOR_TESTS.keys()


def test_what_nobody_uses_is_seen() -> None:
    text = "LIMIT = 5\nUSED = 6\ndef rows(): return USED\ndef spare(): ...\n@task\ndef sweep(): ...\n_OLD = _SAME = 1\n"
    found = unused([snippet(text, "cases")], "{{ rows }}")
    assert found == ["cases.LIMIT", "cases.spare", "cases._OLD", "cases._SAME"]
