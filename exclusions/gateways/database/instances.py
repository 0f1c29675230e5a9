"""Instances of rows that were read: a page makes some fifty, and Django takes three times as long for each."""

from collections.abc import Iterable, Sequence
from functools import cache, partial
from types import SimpleNamespace
from typing import Any, TypeVar

from django.db import models
from django.db.models.base import ModelState
from django.db.models.query_utils import DeferredAttribute

M = TypeVar("M", bound=models.Model)


def instance_of(model: type[M], alias: str, names: Iterable[str], values: Sequence[Any]) -> M:
    """Return what `model.from_db` returns for the values of these columns: columns that are not there are deferred.

    Nobody is told of it: a test says that nobody listens.
    """
    if not _is_plain(model):
        return model.from_db(alias, list(names), values)
    made = model.__new__(model)
    state = ModelState()
    state.adding, state.db = False, alias
    kept = vars(made)
    kept["_state"] = state
    kept.update(zip(names, values, strict=True))
    return made


@cache
def _is_plain(model: type[models.Model]) -> bool:
    """Whether a model makes its instances as Django's own does, and keeps in them what it was given."""
    made: Any = models.Model
    own: Any = model
    columns = (getattr(model, field.attname) for field in model._meta.concrete_fields)
    as_given = all(isinstance(column, DeferredAttribute) for column in columns)
    return as_given and own.__init__ is made.__init__ and own.from_db.__func__ is made.from_db.__func__


def populating(populators: Sequence[Any]) -> Sequence[Any]:
    """Let Django's own populators of related rows make them in the same way; return them."""
    for one in populators:
        one.model_cls = SimpleNamespace(from_db=partial(instance_of, one.model_cls))
        populating(one.related_populators)
    return populators
