"""Every query says its own order. No table has one by default, so that none is relied upon in silence."""

import ast
from collections.abc import Iterator
from functools import cache

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import models

from tests.architecture.source import Source, chain, method, product, root, snippet

# What picks one row out of several, or turns their order round.
ONE = {"first", "last", "afirst", "alast", "latest", "earliest", "alatest", "aearliest", "reverse"}
TURNED = {"last", "alast", "reverse"}
# The queries of ours that say their order themselves.
IN_ORDER: set[str] = set()


@cache
def keys(model: type[models.Model]) -> list[set[str]]:
    """Return the sets of fields of which each names one row of a table at most."""
    single = [{field.name} for field in model._meta.local_concrete_fields if field.unique]
    together = [set(found.fields) for found in model._meta.total_unique_constraints]
    return [{"pk"}, *single, *together]


# Ours; the history of a table is kept, and put in order, by a library.
MODELS = {
    model.__name__: model
    for model in apps.get_app_config("exclusions").get_models()
    if not hasattr(model, "instance_type")
}


def everywhere() -> set[str]:
    """Return the names that are a key in each table that has a column of that name."""
    has = {field.name for model in MODELS.values() for field in model._meta.local_concrete_fields}
    return {"pk"} | {
        name
        for name in has
        if all({name} in keys(model) for model in MODELS.values() if name in {f.name for f in model._meta.fields})
    }


EVERYWHERE = everywhere()


def breaches(source: Source) -> list[str]:
    """Return the places of a module that pick a row out of a query set whose order the same expression does not say."""
    turned_lists = {
        id(node.value) for _, node in source.walk() if isinstance(node, ast.Expr)
    }  # nobody takes the result
    return [
        f"{source.name}.{function}:{node.lineno} .{method(node)}() without an order"
        for function, node in source.walk()
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and method(node) in ONE
        if id(node) not in turned_lists
        if not _is_ordered(node) and not _is_one_row(node)
    ]


def _is_ordered(call: ast.Call) -> bool:
    """Say whether the expression orders the rows; `latest("pk")` names the order itself."""
    before = list(chain(call))[1:]
    names_field = method(call) not in {*TURNED, "first", "afirst"} and bool(call.args)
    return names_field or any(method(one) in IN_ORDER or (method(one) == "order_by" and one.args) for one in before)


def _is_one_row(call: ast.Call) -> bool:
    """Say whether a filter names one row at most, so that there is nothing to order."""
    if method(call) in TURNED:
        return False
    named = {keyword.removesuffix("_id") for keyword in _filtered(call)}
    model = MODELS.get(root(call))
    return any(key <= named for key in keys(model)) if model else bool(named & EVERYWHERE)


def _filtered(call: ast.Call) -> Iterator[str]:
    for one in chain(call):
        if method(one) == "filter":
            yield from (str(keyword.arg) for keyword in one.keywords)


def test_what_picks_a_row_says_in_which_order() -> None:
    assert [breach for source in product() for breach in breaches(source)] == []


def test_no_table_has_an_order_of_its_own() -> None:
    assert [name for name, model in MODELS.items() if model._meta.ordering] == []


def test_each_list_of_the_admin_says_its_order() -> None:
    doors = [door for model, door in admin.site._registry.items() if model in MODELS.values()]
    inside = [inline for door in doors for inline in door.inlines]
    assert [type(door).__name__ for door in doors if not door.ordering] == []
    assert [inline.__name__ for inline in inside if not inline.ordering] == []


@pytest.mark.parametrize(
    "text",
    [
        "def opinion(draft): return draft.opinions.last()",
        "def opinion(draft): return draft.opinions.filter(result='no').first()",
        "def opinion(draft): return draft.opinions.order_by().first()",
        "def newest(): return Petition.objects.filter(status='draft').latest()",
        "def opinions(draft): return draft.opinions.reverse()",
        "def last(pk): return Petition.objects.filter(pk=pk).last()",
        "def one(reference): return PublicLetter.objects.filter(reference=reference).first()",
        "def one(user): return Membership.objects.filter(user=user).first()",
        "def one(round): return round.versions.filter(number=1).first()",
    ],
)
def test_the_check_sees_a_row_picked_at_random(text: str) -> None:
    assert breaches(snippet(text))


@pytest.mark.parametrize(
    "text",
    [
        "def opinion(draft): return draft.opinions.order_by('given_at', 'pk').last()",
        "def newest(): return Petition.objects.latest('created_at')",
        "def one(pk): return Petition.objects.select_related('round').filter(pk=pk).first()",
        "def one(code): return petition.letters.filter(code=code).first()",
        "def turn(rows): rows.reverse()",
        "def one(reference): return PublicPetition.objects.filter(reference=reference).first()",
        "def one(a, b): return Membership.objects.filter(user=a, organization_id=b).first()",
    ],
)
def test_the_check_leaves_others_alone(text: str) -> None:
    assert breaches(snippet(text)) == []
