"""Raw SQL stays where the ORM cannot say it: in the modules that are named here, each with its reason.

What Django composes of `Func`, `Exists`, `Window` and the like is no raw SQL, nor is how an expression is written for
one database (`as_sqlite`, `as_postgresql`). Migrations write their own.
"""

import ast
import re
from collections.abc import Collection, Iterable

import pytest

from tests.architecture.source import Source, product, snippet, whole_product, whole_texts
from tests.conftest import PROJECT

MOST, MOST_IMPORTERS = 7, 12
DATABASE = "exclusions.gateways.database"

REASONS = {
    "actions.store.bulk": "COPY and ANALYZE: the ORM has neither, and thousands of rows are several times faster.",
    "gateways.database.postgresql.validation": "Asks the server which settings a pooler let through to it.",
    "gateways.database.words": "FTS5 of SQLite, and PostgreSQL's search over the expression that its index is over.",
    "management.commands.grant_public_role": "GRANT and REVOKE.",
    "models.evidence": "Orders texts by bm25 of FTS5; on PostgreSQL by weights of a column that only triggers write.",
    "queries.casework.clusters.around": "Pages of three parts, each read where the page lies in it and no further.",
    "queries.casework.clusters.rows": "In the ORM ten times slower: what is sealed from a person is looked up per row.",
}
# Triggers that guard rows, seals, and numbers that are taken right before a commit: SQL is what they are.
GUARDS_AND_SEALS = {
    "gateways.database.sealing",
    "models.guards",
    "models.mirrors.changes",
    "gateways.dumps.files",
    "models.round",
    "models.seals",
    "queries.record.late_seals",
}
TEXT = "a statement"
WAYS = frozenset({"cursor", "execute", "executemany", "raw", "extra", "RawSQL"})
# By name alone: `cell.raw` and `line.extra` are nothing of a database, their calls are.
CALLED = frozenset({"raw", "extra"})
EXPRESSED = frozenset({"as_sql", "as_sqlite", "as_postgresql"})
BY_NAME = frozenset({"getattr", "attrgetter", "methodcaller"})
STATEMENT = re.compile(
    r"\bSELECT\b.+\bFROM\b|\bUNION (ALL )?SELECT\b|\bINSERT INTO\b|\bUPDATE \S+ SET\b|\bDELETE FROM\b"
    r"|\b(CREATE|DROP|ALTER) (OR REPLACE )?(TABLE|INDEX|TRIGGER|FUNCTION)\b|^WITH \w+.* AS\b|^ANALYZE\b|pg_advisory"
)


def raw_sql(source: Source) -> set[str]:
    """Return the ways by which a module asks the database in SQL of its own, and `TEXT` where it holds a statement."""
    texts, own = whole_texts(source, "x"), _of_expressions(source)
    found = {TEXT for node, text in texts if isinstance(text, str) and _is_statement(text) and id(node) not in own}
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ImportFrom | ast.Import):
            found |= {alias.name.rpartition(".")[2] for alias in node.names}
        elif isinstance(node, ast.Attribute) and node.attr not in CALLED and not _is_super(node.value):
            found.add(node.attr)
        elif isinstance(node, ast.Call) and not _is_super(getattr(node.func, "value", node)):
            found |= _called(node)
    return found & {*WAYS, TEXT}


def _of_expressions(source: Source) -> set[int]:
    """The nodes of the methods by which an expression is written for one database."""
    methods = (node for node in ast.walk(source.tree) if isinstance(node, ast.FunctionDef) and node.name in EXPRESSED)
    return {id(part) for method in methods for part in ast.walk(method)}


def _is_statement(text: str) -> bool:
    return bool(STATEMENT.search(" ".join(text.split())))


def _is_super(node: ast.AST) -> bool:
    """Whether it is what a method hands on to the class that it is made of: nothing is asked anew."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "super"


def _called(call: ast.Call) -> set[str]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    return {name, *(folded(argument) for argument in call.args)} if name in BY_NAME else {name}


def folded(node: ast.AST) -> str:
    """Return the text that an expression is, one put together of texts among them; "" where it is none."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return folded(node.left) + folded(node.right)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def breaches(sources: Iterable[Source], allowed: Collection[str]) -> dict[str, set[str]]:
    """Return the modules with raw SQL that are not allowed any, each with its ways."""
    found = {source.name.removeprefix("exclusions."): raw_sql(source) for source in sources}
    return {name: ways for name, ways in found.items() if ways and name not in allowed}


def importers(sources: Iterable[Source]) -> set[str]:
    """Return the modules that import the database's gateway or a part of it, or name one as a text; not its own."""
    return {
        source.name
        for source in sources
        if not f"{source.name}.".startswith(f"{DATABASE}.")
        and any(f"{name}.".startswith(f"{DATABASE}.") for name in _named(source))
    }


def _named(source: Source) -> set[str]:
    """What a module imports, in full, and every text of it."""
    whole = {alias.name for node in ast.walk(source.tree) if isinstance(node, ast.Import) for alias in node.names}
    texts = {text for _, text in whole_texts(source, "x") if isinstance(text, str)}
    return {*source.imports.values(), *whole, *texts}


def test_raw_sql_stays_in_the_named_modules() -> None:
    assert breaches(whole_product(), {*REASONS, *GUARDS_AND_SEALS}) == {}


def test_the_named_modules_are_few_have_raw_sql_and_say_why() -> None:
    assert len(REASONS) <= MOST
    ways = {source.name.removeprefix("exclusions."): raw_sql(source) for source in product()}
    assert [name for name in {*REASONS, *GUARDS_AND_SEALS} if not ways.get(name)] == []
    assert [name for name, why in REASONS.items() if not why.endswith(".")] == []


def test_few_modules_import_the_gateway_of_the_database() -> None:
    started = Source("manage", (PROJECT / "manage.py").read_text())
    found = importers([*whole_product(), started])
    assert len(found) <= MOST_IMPORTERS, sorted(found)


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        ("with connection.cursor() as cursor: pass", {"cursor"}),
        ("ask = connection.cursor", {"cursor"}),
        ('getattr(connection, "cursor")()', {"cursor"}),
        ('getattr(connection, "cur" + "sor")()', {"cursor"}),
        ('from operator import methodcaller\nmethodcaller("execute", text)(line)', {"execute"}),
        ("connection.connection.execute(text)", {"execute"}),
        ("from django.db.models.expressions import RawSQL as R\nfound = R(text, [])", {"RawSQL"}),
        ("import django.db.models.expressions as e\nfound = e.RawSQL(text, [])", {"RawSQL"}),
        ("Petition.objects.raw(text)", {"raw"}),
        ('Petition.objects.extra(where=["1 = 1"])', {"extra"}),
        ('WHERE = "SELECT id\\n FROM petition"', {TEXT}),
        ('WHERE = f"{before} UNION ALL SELECT id"', {TEXT}),
        ('WHERE = f"DELETE FROM {table}"', {TEXT}),
        ('"""Says SELECT a FROM b."""\nlogger.info("It was raw.", extra={"cursor": 1})', set()),
        ("class Own(Wrapper):\n    def execute(self, sql): return super().execute(sql)", set()),
        ("class A(Func):\n    def as_sqlite(self, compiler): return '(SELECT a FROM b)'", set()),
        ("class A(Func):\n    def as_sqlite(self, compiler): return compiler.connection.cursor()", {"cursor"}),
        ("ROWS = Petition.objects.filter(Exists(Round.objects.all()))", set()),
    ],
)
def test_a_planted_breach_is_seen(text: str, ways: set[str]) -> None:
    planted = snippet(text, "exclusions.queries.lists.planted")
    assert raw_sql(planted) == ways
    assert breaches([planted], {*REASONS, *GUARDS_AND_SEALS}) == ({"queries.lists.planted": ways} if ways else {})


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("from exclusions.gateways import database as d", True),
        ("from exclusions.gateways.database import limits as l", True),
        ("import exclusions.gateways.database.words", True),
        ('import_module("exclusions.gateways.database.words")', True),
        ('"""As exclusions.gateways.database has it."""\nfrom exclusions.gateways.database_like import a', False),
    ],
)
def test_a_planted_import_is_seen(text: str, seen: bool) -> None:
    planted = snippet(text, "exclusions.views.planted")
    assert importers([planted]) == ({"exclusions.views.planted"} if seen else set())
