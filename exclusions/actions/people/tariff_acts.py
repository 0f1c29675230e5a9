"""What two administrators do about what everybody owes: a list, its rates, its lines and its round, in one proposal.

A tariff list is imposed by a notice, and what stands here is what every page tells importers that they owe. One person
enters it, another sees what it changes for the public, number by number, and confirms it or refuses.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.forms import ModelForm, modelform_factory
from simple_history.utils import bulk_create_with_history

from exclusions.actions.loading.load_lock import one_load_at_a_time
from exclusions.actions.loading.own_lists import tell_of_list
from exclusions.actions.people.acts import ActBody, Carried, Facts, Ground
from exclusions.actions.people.by_two.new_round import NewRound, make_new_round, read_new_round
from exclusions.actions.record.events import record_event
from exclusions.errors import Incomplete, WrongState
from exclusions.models import ActionRate, CoveredLine, TariffAction, User
from exclusions.queries.people.tariff_changes import JudgedRow, Row, list_faults
from exclusions.queries.people.tariff_effects import public_effect

NEW = "0"  # the key of a list that is yet to be made
TABLES: dict[str, type[Model]] = {"list": TariffAction, "rate": ActionRate, "line": CoveredLine}
BATCH = 500
MOST = 20_000


@dataclass(frozen=True)
class _Found:
    """The list, locked or yet to be made, the rows as they are to be written, and the round that comes with them."""

    key: str
    action: TariffAction
    rows: list[Row]
    round: NewRound | None


def _ground(key: str, facts: Facts) -> Ground:
    """Read and judge what is proposed; the basis is what the rows are now, and what changes for the public."""
    given, kept = list(facts.get("rows") or []), facts.get("round")
    if not (given or kept) or len(given) > MOST:
        raise Incomplete(f"Propose at least one change, and at most {MOST:,}.")
    action = _list_of(key, given)
    rows = [_row(action, one) for one in given]
    faults = list_faults(action, rows)
    if faults:
        raise Incomplete(*faults)
    as_of = date.fromisoformat(str(facts["as_of"]))
    effect = public_effect(action, rows, as_of)
    new = read_new_round(kept, action.code) if kept else None
    said = [effect.summary, *([new.summary] if new else [])]
    basis = {
        "what is corrected": [*(new.changes if new else ()), *effect.changes],
        "the rows": [[list(pair) for pair in row.before.items()] for row in rows if row.before],
        "the file": str(facts.get("sha256", "")),
    }
    summary = f"{action}: {'; '.join(filter(None, said))}"
    return Ground(summary, basis, found=_Found(key, action, rows, new))


class _Rehearsed(Exception):
    """Takes back what was written to see whether it can be."""


def _rehearse(found: _Found, facts: Facts, reason: str, by: User, at: datetime) -> None:
    """Raise what making the round would, before anybody confirms it: it is made as it is to be, and taken back."""
    if found.round is None:
        return
    try:
        with transaction.atomic():
            anew = _ground(found.key, facts).found  # rows that are written are not to be written again
            _write(facts, Carried(by, at, reason, {}, by, anew))
            raise _Rehearsed
    except _Rehearsed:
        pass


def _list_of(key: str, given: Sequence[Facts]) -> TariffAction:
    """Return the list with this key, locked; a new one where the first row makes it."""
    if key == NEW:
        if not given or given[0].get("table") != "list" or given[0].get("key"):
            raise Incomplete("A new list begins with its name.")
        return TariffAction()
    found = TariffAction.objects.select_for_update().filter(pk=int(key) if key.isascii() and key.isdigit() else 0)
    action = found.order_by("pk").first()
    if action is None:
        raise WrongState("There is no such list.")
    return action


def _row(action: TariffAction, given: Facts) -> Row:
    """Return a row as it is to be written, checked as its table is; raise Incomplete with its fields.

    Columns go in one order: PostgreSQL keeps the keys of what was proposed in another one than they were sent in.
    """
    table, key, values = str(given["table"]), given.get("key"), dict(sorted((given.get("values") or {}).items()))
    model = TABLES[table]
    one: Any = action if table == "list" else _existing(model, action, key) if key else model(action=action)
    if given.get("never_right"):
        if table == "list" or not one.pk:
            raise Incomplete("Only a rate or a line that stands can be found never to have been right.")
        return Row(table, one, {"valid_from": _plain(one.valid_from)}, never_right=True)
    before = {name: _plain(getattr(one, name)) for name in values} if one.pk else {}
    judged = _form_of(model, tuple(values))(values, instance=one)
    if not judged.is_valid():
        fields = {name: [str(sentence) for sentence in said] for name, said in judged.errors.items()}
        raise Incomplete(*(sentence for said in fields.values() for sentence in said), fields=fields)
    return Row(table, judged.instance, before)


@cache
def _form_of(model: type[Model], columns: tuple[str, ...]) -> "type[ModelForm[Any]]":
    """Return the form that judges these columns; a file has thousands of rows of the same."""
    return modelform_factory(model, form=JudgedRow, fields=columns)


def _existing(model: type[Model], action: TariffAction, key: Any) -> Model:
    found = model._default_manager.select_for_update().filter(pk=int(key), action=action).first()
    if found is None:
        raise WrongState("This row is no longer on the list. Look at the list again.")
    return found


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


def _change(key: str, facts: Facts, carried: Carried) -> None:
    """Write the rows, and tell those who have a petition open in a round of the list."""
    one_load_at_a_time()
    _write(facts, carried)


def _write(facts: Facts, carried: Carried) -> None:
    found: _Found = carried.found
    action = found.action
    is_new = not action.pk
    fresh: list[CoveredLine] = []
    for row in found.rows:
        if row.table != "list":
            row.instance.action = action
        if isinstance(row.instance, CoveredLine) and not row.instance.pk:
            fresh.append(row.instance)
            continue
        if row.never_right:
            row.instance.superseded_at, row.instance.superseded_why = carried.at, carried.reason
            row.instance.superseded_by = f"{carried.proposed_by}, confirmed by {carried.by}"
        row.instance._history_user = carried.by
        row.instance.save()
    bulk_create_with_history(fresh, CoveredLine, batch_size=BATCH, default_user=carried.by)
    data = {
        **carried.data,
        "rows": len(found.rows),
        **{name: facts[name] for name in ("file", "sha256") if facts.get(name)},
    }
    record_event(f"list:{action.pk}", "change_list", by=carried.by, at=carried.at, reason=carried.reason, data=data)
    if not is_new and found.rows:
        tell_of_list(action, f"{action} was changed by two administrators.", at=carried.at)
    if found.round:
        make_new_round(found.round, reason=carried.reason, by=carried.by, at=carried.at)


TARIFF_ACTS = {"change_list": ActBody(_ground, _change, rehearse=_rehearse)}
