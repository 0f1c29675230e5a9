"""Each kind of event that the product records has words of its own, and each word an event: nobody reads “round_made”.

Whoever hands the kind of an event on is followed to where it is said.
"""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import allauth

from exclusions.models import RoundOrder
from exclusions.workflow.event_words import WORDS
from exclusions.workflow.transitions import TRANSITIONS
from exclusions.workflow.two_persons import ACTS
from tests.architecture.source import Source, literals, product, snippet

EVENTS = "exclusions.actions.record.events"
WRITERS = {f"{EVENTS}.record_event": ("kind", 1), f"{EVENTS}.record_for_each": ("kind", 1)}
# Acts of two persons that the record tells in other words than whoever proposes them reads.
TOLD_ANOTHER_WAY = {
    "change_dates", "change_list", "correct_exclusion", "keep_extension", "reissue_letter", "reopen_terms", "seal_late",
}  # fmt: skip
OF_EARLIER_VERSIONS = {"admin_add_lines"}  # the record keeps what they wrote
# What the account library tells people of their own accounts; it is put on record as it is told.
NOTICE = re.compile(r'send_notification_mail\(\s*"[a-z]+/email/(\w+)"')


def functions(modules: Iterable[Source]) -> Iterator[tuple[Source, ast.FunctionDef]]:
    """Yield each function, its module with it."""
    for module in modules:
        yield from ((module, node) for node in ast.walk(module.tree) if isinstance(node, ast.FunctionDef))


def said(module: Source, function: ast.AST, writers: Mapping[str, tuple[str, int]]) -> Iterator[ast.expr]:
    """Yield what the calls of the writers in a function give as the kind of an event."""
    for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
        called = module.meaning(call.func)
        name, index = writers.get(called if "." in called else f"{module.name}.{called}", ("", 0))
        yield from (each.value for each in call.keywords if name and each.arg == name)
        yield from call.args[index : index + 1] if name else ()


def kinds(modules: Sequence[Source]) -> set[str]:
    """Return the kinds of events that are recorded, wherever they are said; not those that are made of two words."""
    bodies, writers, before = list(functions(modules)), dict(WRITERS), 0
    shared = {f"{module.name}.{name}": value for module in modules for name, value in assigned(module.tree.body)}
    while len(writers) > before:
        before = len(writers)
        for module, function in bodies:
            given = [argument.arg for argument in (*function.args.args, *function.args.kwonlyargs)]
            handed = {kind.id for kind in said(module, function, writers) if isinstance(kind, ast.Name)}
            for name in handed & set(given):
                writers[f"{module.name}.{function.name}"] = name, given.index(name)
    found: set[str] = set()
    for module, function in bodies:
        for kind in said(module, function, writers):
            named = {node.id for node in ast.walk(kind) if isinstance(node, ast.Name)}
            values = [value for name, value in assigned(ast.walk(function)) if name in named]
            away = {module.imports.get(name, f"{module.name}.{name}") for name in named}
            values += [shared[name] for name in away & shared.keys()]
            found |= set().union(*map(chosen, (kind, *values)))
    return found


def assigned(nodes: Iterable[ast.AST]) -> Iterator[tuple[str, ast.expr]]:
    """Yield the names to which statements give a value, with that."""
    for node in nodes:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                yield getattr(target, "id", ""), node.value


def chosen(value: ast.expr) -> set[str]:
    """Return the texts that an expression comes to: of a choice both, of a table what stands in it."""
    if isinstance(value, ast.IfExp):
        return chosen(value.body) | chosen(value.orelse)
    if isinstance(value, ast.Dict):
        return set().union(*map(chosen, value.values))
    return literals(value) if isinstance(value, ast.Constant) else set()


def named_by_two_words() -> set[str]:
    """Return the kinds that are made of what wrote them and of what that did."""
    library = "".join(file.read_text() for file in Path(allauth.__file__).parent.rglob("*.py"))
    return {
        *(f"admin_{did}" for did in ("add", "change", "delete")),
        *(f"round_{order}" for order in RoundOrder.Kind.values),
        *(f"own_{told}" for told in NOTICE.findall(library)),
    }


def test_each_event_that_is_recorded_has_words_and_no_words_are_of_none() -> None:
    recorded = kinds(product()) | named_by_two_words()
    assert len(recorded) > 140, "the calls are found"
    told = recorded - TRANSITIONS.keys() - (ACTS.keys() - TOLD_ANOTHER_WAY)
    assert told | OF_EARLIER_VERSIONS == WORDS.keys()
    assert all(WORDS[act] != ACTS[act].label for act in TOLD_ANOTHER_WAY)
    assert not WORDS.keys() & TRANSITIONS.keys()
    assert not told & OF_EARLIER_VERSIONS


def test_the_kind_of_an_event_is_found_where_it_is_said() -> None:
    text = f"""
from {EVENTS} import record_event
FIRST: Final = "first"
TABLE = {{A: "second", B: "third"}}
def hands_on(subject, what, *, at): record_event(subject, what, at=at)
def by_name(subject, *, kind): hands_on(subject, kind, at=0)
def says(subject, a):
    kind = "fourth" if a == "no kind" else "fifth"
    hands_on(subject, kind, at=0)
    by_name(subject, kind="sixth")
    hands_on("no kind", FIRST, at=0)
    record_event(subject, TABLE[a], data={{"no kind": 1}})
    record_event(subject, kind="seventh")
"""
    found = kinds([snippet(text)])
    assert found == {"first", "second", "third", "fourth", "fifth", "sixth", "seventh"}
