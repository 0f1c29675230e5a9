"""Each status column has its writers, named here; a petition's has one, `actions.record.transition.move`,
and for demonstrations a bulk form, `management.demo.repeated`.

Whatever could write a column of that name counts: an assignment, a keyword of `update`, `create` or a constructor,
`defaults`, `bulk_update` and our own bulk writers, `setattr`, SQL. What the text does not show counts as well, until
it is named with the reason why it cannot be a status.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import models
from django.test import RequestFactory

from exclusions.models import User
from exclusions.workflow import states
from tests.architecture.source import Source, literals, method, product, root, snippet, texts

MOVE = ("exclusions.actions.record.transition", "move")
# Its bulk form: cases of a demonstration, which repeat the history of one that was moved.
REPEATED = "exclusions.management.demo.repeated"
# Responses and comments are confirmed, declined and withdrawn by the same functions.
OF_SUBMISSIONS = {("exclusions.actions.filing.submissions", name) for name in ("confirm", "decline", "withdraw")}
# column -> the functions that write it
WRITERS: dict[str, set[tuple[str, str]]] = {
    "Petition.status": {MOVE, (REPEATED, "_insert")},
    "Response.status": {
        *OF_SUBMISSIONS,
        ("exclusions.actions.filing.submissions", "confirm_all"),  # of one statement, by one link
        ("exclusions.actions.filing.responses", "post_response"),
        (REPEATED, "_insert"),
    },
    "Comment.status": {*OF_SUBMISSIONS, ("exclusions.actions.notices.comments", "post_comment")},
    "ExclusionTerm.status": {
        ("exclusions.actions.notices.term_decisions", "_pending_terms"),
        ("exclusions.actions.notices.term_notices", "_completed"),
        ("exclusions.actions.notices.term_drafts", "_completed"),
        ("exclusions.actions.people.by_two.term_press_acts", "_end_pending"),
        ("exclusions.actions.loading.exclusion_registry", "_take"),
        ("exclusions.actions.loading.exclusion_registry", "_term"),
        ("exclusions.actions.decision.decisions", "_exclusion_for"),
        ("exclusions.actions.decision.decisions", "_end_pending"),
        ("exclusions.actions.decision.entering", "_complete"),
        ("exclusions.actions.notices.publishing", "_begin"),
        ("exclusions.actions.decision.taking_back", "_before"),
        ("exclusions.actions.decision.undoing", "_pending_again"),
    },
    "NoticeDraft.status": {("exclusions.actions.decision.draft_states", "enter_status")},
    "PublicPetition.stage": {
        ("exclusions.actions.record.publication", "publish_petition"),
        ("exclusions.actions.record.many.public_moves", "publish_moves"),
        ("exclusions.actions.loading.historical_dockets", "load_docket"),
        (REPEATED, "_insert"),
    },
}
# Fields that the text does not show, and why none of them is a status.
UNSEEN = {
    ("exclusions.actions.rounds.versions", "_put"): "a round, which has no status",
    ("exclusions.actions.rounds.moved_periods", "_put_petition_back"): "ends of periods, as a proposal keeps them",
}
# Where SQL writes rows. Whoever calls these names the table, and is judged by that.
SQL = {
    "exclusions.actions.store.bulk",
    "exclusions.gateways.dumps.files",
    "exclusions.models.guards",
    "exclusions.models.round",
    "exclusions.models.mirrors.changes",
    "exclusions.models.seals",
}
# Columns that a form of the admin offers.
OFFERED: set[str] = set()

MADE = {"create", "acreate", "update", "aupdate", "get_or_create", "update_or_create", "aget_or_create",
        "aupdate_or_create"}  # fmt: skip
DEFAULTS = {"defaults", "create_defaults"}
BULK = {"bulk_update", "abulk_update", "bulk_update_with_history", "update_rows", "insert_rows"}
SETTERS = {"setattr", "__setattr__"}
WRITES_ROWS = re.compile(r"\s*(UPDATE|INSERT INTO|MERGE INTO|COPY)\b")


@dataclass(frozen=True)
class Write:
    """One place that writes a column: `model` is empty where the text does not tell, `column` where it hides it."""

    module: str
    function: str
    model: str
    column: str

    @property
    def place(self) -> tuple[str, str]:
        """Where it is."""
        return self.module, self.function.rpartition(".")[2]


@cache
def columns() -> frozenset[str]:
    """Return every status column: named so, or with the choices of a status or stage of the workflow."""
    kinds = [kind for kind in vars(states).values() if isinstance(kind, type) and issubclass(kind, models.TextChoices)]
    values = [set(kind.values) for kind in kinds if kind.__module__ == states.__name__]
    return frozenset(
        f"{model.__name__}.{field.name}"
        for model in apps.get_app_config("exclusions").get_models()
        if not hasattr(model, "instance_type")  # the history of a table, which a library keeps by itself
        for field in model._meta.local_concrete_fields
        if field.name == "status" or {value for value, _ in field.flatchoices} in values
    )


NAMES = {column.partition(".")[2] for column in columns()}
HAVE_ONE = {column.partition(".")[0] for column in columns()}
MODELS = {model.__name__ for model in apps.get_app_config("exclusions").get_models()}


def writes(source: Source) -> Iterator[Write]:
    """Yield what in a module writes a status column, or may."""
    for function, node in source.walk():
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found = [(one.attr, "") for target in targets for one in ast.walk(target) if isinstance(one, ast.Attribute)]
        elif isinstance(node, ast.Call):
            found = list(_of_call(node, source))
        else:
            continue
        for column, model in found:
            if column in NAMES | {""} and (not model or model in HAVE_ONE):
                yield Write(source.name, function, model, column)


def _of_call(call: ast.Call, source: Source) -> Iterator[tuple[str, str]]:
    """Yield (column, model) of what a call may write; an empty column is one that the text does not show."""
    name = method(call)
    model = _model(root(call.func), source)
    if _model(name, source) or name in MADE:
        model = _model(name, source) or model
        for keyword in call.keywords:
            if keyword.arg is None or keyword.arg in DEFAULTS:
                yield from ((column, model) for column in _keys(keyword.value, source))
            else:
                yield keyword.arg, model
    elif name in BULK:
        fields = [*call.args[1:], *(keyword.value for keyword in call.keywords)]
        named = {_model(root(argument), source) for argument in call.args} - {""}
        seen = {column for field in fields for column in literals(field)}
        hidden = not any(isinstance(field, ast.List | ast.Tuple) for field in fields)
        yield from ((column, next(iter(named), model)) for column in sorted(seen) + [""] * hidden)
    elif name in SETTERS:
        field = call.args[-2] if len(call.args) > 1 else None
        yield field.value if isinstance(field, ast.Constant) else "", ""


def _model(name: str, source: Source) -> str:
    """Return the name if it is that of a table here, not of something that a library calls so."""
    ours = source.imports.get(name, "exclusions.models").startswith("exclusions.models")
    return name if name in MODELS and ours else ""


def _keys(node: ast.expr, source: Source) -> Iterator[str]:
    """Yield the keys of a mapping; an empty one for each part whose keys the text does not show."""
    if isinstance(node, ast.Dict):
        for key, value in zip(node.keys, node.values, strict=True):
            if key is None:
                yield from _keys(value, source)
            else:
                yield key.value if isinstance(key, ast.Constant) else ""
    elif isinstance(node, ast.BinOp):
        yield from (*_keys(node.left, source), *_keys(node.right, source))
    elif isinstance(node, ast.Name) and (values := _values(node.id, source)):
        for value in values:
            yield from _keys(value, source)
    else:
        yield ""


def _values(name: str, source: Source) -> list[ast.expr]:
    """Return what a name of the module is set to, wherever that is a mapping written out."""
    assigned = [node for node in ast.walk(source.tree) if isinstance(node, ast.Assign | ast.AugAssign)]
    return [
        node.value
        for node in assigned
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name) and target.id == name and isinstance(node.value, ast.Dict)
    ]


def breaches(source: Source) -> list[str]:
    """Return the places of a module that write a status, or may, and are not named above."""
    found = []
    for write in writes(source):
        allowed = [
            column
            for column, places in WRITERS.items()
            if write.place in places
            and (not write.model or column.startswith(f"{write.model}."))
            and (not write.column or column.endswith(f".{write.column}"))
        ]
        if not allowed and not (write.column == "" and write.place in UNSEEN):
            found.append(f"{write.module}.{write.function} writes {write.model or '?'}.{write.column or '?'}")
    if source.name not in SQL:
        found += [f"{source.name}:{line} writes by SQL" for line, text in texts(source) if WRITES_ROWS.match(text)]
    return found


def test_every_status_column_has_its_writers_named() -> None:
    assert columns() == WRITERS.keys()


def test_a_status_is_written_by_its_writers_alone() -> None:
    assert [breach for source in product() for breach in breaches(source)] == []


def test_what_is_named_writes_still() -> None:
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    hidden = set()
    for write in (write for source in product() for write in writes(source)):
        for column, places in WRITERS.items():
            if write.place in places:
                found[column].add(write.place)
        hidden |= {write.place} if not write.column else set()
    assert dict(found) == WRITERS
    assert UNSEEN.keys() <= hidden


def test_a_petitions_status_has_one_writer_and_its_bulk_form_for_demonstrations() -> None:
    assert {place for place in WRITERS["Petition.status"] if place[0] != REPEATED} == {MOVE}


def test_no_form_offers_a_status() -> None:
    request = RequestFactory().get("/")
    request.user = User(is_superuser=True, is_staff=True, role="admin")
    offered = set()
    for model, door in admin.site._registry.items():
        forms = [(model, door.get_form(request))] if door.has_change_permission(request) else []
        inlines = [one for one in door.get_inline_instances(request) if one.has_change_permission(request)]
        forms += [(one.model, one.get_formset(request).form) for one in inlines]
        offered |= {f"{kind.__name__}.{name}" for kind, form in forms for name in form.base_fields}
    assert offered & columns() == OFFERED


BREACHES = [
    'def grant(request): Petition.objects.update(status="granted")',
    'def grant(request): Petition.objects.filter(pk=1).update(revision=2, status="granted")',
    'def grant(petition): petition.status = "granted"',
    'def grant(petition): petition.status, petition.revision = "granted", 2',
    'def grant(petition): petition.status: str = "granted"',
    'def start(): Petition.objects.create(status="granted")',
    'def start(): Petition(status="granted").save()',
    'def start(): Petition.objects.get_or_create(pk=1, defaults={"status": "granted"})',
    'def start():\n    found = {"status": "granted"}\n    Petition.objects.update_or_create(pk=1, defaults=found)',
    'def grant(rows): rows.update(**{"status": "granted"})',
    "def grant(rows, fields): rows.update(**fields)",
    'def grant(rows): Petition.objects.bulk_update(rows, ["status"])',
    "def grant(rows, fields): Petition.objects.bulk_update(rows, fields)",
    'def grant(rows): update_rows(PublicPetition, ("stage",), rows)',
    'def grant(petition): setattr(petition, "status", "granted")',
    "def grant(petition, name): setattr(petition, name, 1)",
    'def grant(petition): object.__setattr__(petition, "status", "granted")',
    "def grant(cursor): cursor.execute(\"UPDATE exclusions_petition SET status = 'granted'\")",
    'def grant(cursor, table): cursor.execute(f"UPDATE {table} SET x = 1")',
]
NONE = [
    'def page(request): return render(request, "x.html", status=409)',
    'def rows(): return Petition.objects.filter(status="granted").count()',
    'def save(petition): petition.save(update_fields=["status"])',
    "def vet(fields): Organization.objects.update(**fields)",
    'def name(): return {"status": "granted"}',
]


@pytest.mark.parametrize("text", BREACHES)
def test_the_check_sees_a_write(text: str) -> None:
    assert breaches(snippet(text))


@pytest.mark.parametrize("text", NONE)
def test_the_check_takes_nothing_else_for_one(text: str) -> None:
    assert breaches(snippet(text)) == []


def test_the_check_sees_another_writer_in_a_module_that_has_one() -> None:
    text = 'def post(response): Petition.objects.update(status="posted")'
    assert breaches(snippet(text, "exclusions.actions.filing.responses"))
    text = 'def post_response(petition): Petition.objects.update(status="posted")'
    assert breaches(snippet(text, "exclusions.actions.filing.responses"))
