"""Load the actions, their rates and the lines they cover. Every load is one transaction and may be repeated.

Silence is no news: a file that does not say when a line began or ended leaves a known day as it is. So the table of
one day, the table of all lists and the shipped facts agree whatever the order in which they are loaded.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from exclusions.actions.loading.day_tables import lines_of_day
from exclusions.actions.loading.load_lock import one_load_at_a_time
from exclusions.actions.loading.load_reports import LoadedFile, LoadReport
from exclusions.actions.record.events import record_event
from exclusions.errors import Incomplete
from exclusions.gateways.tariff.list_table import ListLine, RateLine
from exclusions.gateways.tariff.shipped_facts import DATA, FILES, shipped_actions, shipped_lines, shipped_rates
from exclusions.models import ActionRate, CoveredLine, TariffAction

BATCH = 500
LISTS = "lists"  # the event chain of what files changed about lists
LineKey = tuple[int, str, str, bool]


def load_lists(
    *,
    lines: Iterable[ListLine],
    rates: Iterable[RateLine] = (),
    rows: int,
    of_one_day: bool = False,
    day: date | None = None,
    despite: bool = False,
    file: LoadedFile | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> LoadReport:
    """Put the lines and rates of a file on the lists; `rows` is the number of rows in the file.

    A table `of_one_day` is true on `day`; None: on a day that is not known. Actions that are not on file yet come from
    the shipped facts, with their rates. What administrators changed is left alone. What a `file` changed is an event,
    with its hash. Raises Incomplete for a list that nobody knows, Conflict for a table that contradicts what is known
    of its day, unless `despite` that.
    """
    with transaction.atomic():
        one_load_at_a_time()
        load_shipped_actions()
        actions = _actions()
        lines = list(lines)
        progress(f"Comparing {len(lines):,} lines with those on file …")
        lines = lines_of_day(lines, day, despite) if of_one_day else lines
        of_rates = _load_rates(rates, actions)
        of_lines = _load_lines(lines, actions)
        report = LoadReport(rows, *(one + two for one, two in zip(of_rates, of_lines, strict=True)))
        if file and not report.changed_nothing:
            data = {"file": file.name, "sha256": file.sha256, "rates": list(of_rates), "lines": list(of_lines)}
            record_event(LISTS, "load_lists", by=None, at=file.at, data=data)
    return report


def load_shipped_actions() -> None:
    """Put the shipped actions that are missing on file, with their rates; leave those on file as they are."""
    with transaction.atomic():
        missing = {fact.code for fact in shipped_actions()} - set(_actions())
        if missing:
            _load_actions()
            _load_rates([rate for rate in shipped_rates() if rate.list_code in missing], _actions())


def load_shipped_lists(*, at: datetime, progress: Callable[[str], None] = lambda _: None) -> LoadReport:
    """Put the shipped actions, rates and lines on file; what that changed is an event, with the files' hashes."""
    with transaction.atomic():
        one_load_at_a_time()
        lines, rates = shipped_lines(), shipped_rates()
        of_actions = _load_actions()
        actions = _actions()
        progress(f"Comparing {len(lines):,} shipped lines with those on file …")
        of_rates, of_lines = _load_rates(rates, actions), _load_lines(lines, actions)
        counts = zip(of_actions, of_rates, of_lines, strict=True)
        report = LoadReport(len(lines) + len(rates) + len(actions), *map(sum, counts))
        if not report.changed_nothing:
            hashes = {name: LoadedFile.read(DATA / name, at).sha256 for name in FILES}
            data = {"files": hashes, "lists": list(of_actions), "rates": list(of_rates), "lines": list(of_lines)}
            record_event(LISTS, "load_lists", by=None, at=at, data=data)
        return report


def _actions() -> dict[str, TariffAction]:
    return {action.code: action for action in TariffAction.objects.all()}


def _load_actions() -> tuple[int, int, int]:
    """Add the shipped actions that are missing; those on file are left as they are."""
    on_file = _actions()
    new = [
        TariffAction(
            code=fact.code,
            name=fact.name,
            citation=fact.citation,
            effective_on=fact.effective_on,
            suspended=fact.suspended,
            note=fact.note,
            position=fact.position,
            reach=fact.reach,
            unless=fact.unless,
        )
        for fact in shipped_actions()
        if fact.code not in on_file
    ]
    bulk_create_with_history(new, TariffAction)
    return len(new), 0, 0


def _load_rates(rates: Iterable[RateLine], actions: dict[str, TariffAction]) -> tuple[int, int, int]:
    """Add or correct rates by heading and first day. A rate without a first day is known by its heading and percent."""
    on_file = {(row.heading, row.valid_from): row for row in _standing_last(ActionRate)}
    by_percent = {(row.heading, row.pct): row for row in on_file.values()}
    by_hand = _edited(ActionRate)
    new, changed, ended = [], [], 0
    for rate in rates:
        action = _action(rate.list_code, actions)
        row = on_file.get((rate.heading, rate.valid_from)) if rate.valid_from else None
        row = row or by_percent.get((rate.heading, rate.pct))
        if row is None:
            start = rate.valid_from or _first_day(action, {})
            new.append(
                ActionRate(
                    action=action,
                    heading=rate.heading,
                    pct=rate.pct,
                    kind=rate.kind,
                    valid_from=start,
                    valid_to=rate.valid_to,
                    source=rate.source,
                    goods=rate.goods,
                    other_goods=rate.other_goods,
                )
            )
        elif row.pk not in by_hand:
            said = (
                rate.pct,
                rate.valid_to or row.valid_to,
                rate.goods or row.goods,
                rate.other_goods or row.other_goods,
            )
            if said != (row.pct, row.valid_to, row.goods, row.other_goods):
                ended += row.valid_to is None and rate.valid_to is not None
                row.pct, row.valid_to, row.goods, row.other_goods = said
                changed.append(row)
    bulk_create_with_history(new, ActionRate)
    bulk_update_with_history(changed, ActionRate, ["pct", "valid_to", "goods", "other_goods"])
    return len(new), len(changed) - ended, ended


def _load_lines(lines: Iterable[ListLine], actions: dict[str, TariffAction]) -> tuple[int, int, int]:
    on_file: dict[LineKey, CoveredLine] = {_key(row): row for row in _standing_last(CoveredLine)}
    by_hand = _edited(CoveredLine)
    first_days: dict[int, date] = {}
    new: dict[LineKey, CoveredLine] = {}
    changed: dict[LineKey, CoveredLine] = {}
    ended = 0
    for line in lines:
        action = _action(line.list_code, actions)
        key = (action.pk, line.number, line.heading, line.included)
        row = on_file.get(key) or new.get(key)
        if row is None:
            start = line.valid_from or line.at_earliest or _first_day(action, first_days)
            new[key] = CoveredLine(
                action=action,
                number=line.number,
                heading=line.heading,
                included=line.included,
                valid_from=start,
                valid_to=line.valid_to,
                source=line.source,
            )
        elif row.pk not in by_hand:
            days = (line.valid_from or row.valid_from, line.valid_to or row.valid_to)
            if days != (row.valid_from, row.valid_to):
                ended += row.valid_to is None and days[1] is not None
                row.valid_from, row.valid_to, row.source = *days, line.source
                changed[key] = row
    bulk_create_with_history(list(new.values()), CoveredLine, batch_size=BATCH)
    bulk_update_with_history(
        [row for key, row in changed.items() if key not in new],
        CoveredLine,
        ["valid_from", "valid_to", "source"],
        batch_size=BATCH,
    )
    return len(new), len(changed) - ended, ended


def _key(row: CoveredLine) -> LineKey:
    return (row.action_id, row.number, row.heading, row.included)


def _action(code: str, actions: dict[str, TariffAction]) -> TariffAction:
    try:
        return actions[code]
    except KeyError:
        raise Incomplete(f"List {code} is not on file. Run load_shipped first, or add it in the admin.") from None


def _first_day(action: TariffAction, known: dict[int, date]) -> date:
    """Return the first day of an action; of a suspended one, the day on which it was due."""
    if action.pk not in known:
        first = (
            action.effective_on
            or ActionRate.objects.filter(action=action)
            .values_list("valid_from", flat=True)
            .order_by("valid_from")
            .first()
        )
        if first is None:
            raise Incomplete(f"{action} has neither a first day nor a rate. Add one of them in the admin.")
        known[action.pk] = first
    return known[action.pk]


def _standing_last(model: Any) -> Any:
    """Return all rows, those that were never right first, so that a file does not bring one of them back."""
    return model.versions.order_by(F("superseded_at").asc(nulls_last=True), "pk")


def _edited(model: Any) -> set[int]:
    """Return the rows that a signed-in person saved last or once: a load does not overrule a person."""
    return set(model.history.filter(history_user__isnull=False).values_list("id", flat=True))
