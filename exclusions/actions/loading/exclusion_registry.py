"""Load granted exclusions into the registry. What changes is written in one transaction; a load may be repeated.

A product that recurs on the same list is one exclusion with a term for each heading under which it was claimed, and a
version of its text for each wording. A place in a note (heading, subdivision, number) is one term: when the same
place comes back with other words the text was amended, and when it comes back deleted the term is deleted.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from itertools import pairwise

from django.db import transaction
from simple_history.utils import bulk_create_with_history

from exclusions.actions.evidence import note_exclusions
from exclusions.actions.loading.exclusion_dates import OWN_DATES, STATED, date_terms, dates_of
from exclusions.actions.loading.load_lock import one_load_at_a_time
from exclusions.actions.loading.load_reports import LoadReport
from exclusions.actions.loading.registry_on_file import Place, Registry, place_of, read_registry
from exclusions.actions.loading.successions import find_in_texts
from exclusions.actions.loading.tariff_lists import load_shipped_actions
from exclusions.actions.record.supersession import successor, write_numbers
from exclusions.errors import Conflict
from exclusions.gateways.tariff.exclusion_item import ExclusionItem
from exclusions.gateways.tariff.shipped_exclusions import EXCLUSIONS_SOURCE, shipped_exclusions
from exclusions.gateways.tariff.shipped_facts import exclusion_headings
from exclusions.models import Exclusion, ExclusionTerm, ExclusionText, PrintedWording, TariffAction, TariffVersion
from exclusions.models.exclusion import note_cited
from exclusions.wording.named_numbers import is_whole_number, named_numbers

BATCH = 500


def load_exclusions(
    *,
    items: Iterable[ExclusionItem],
    rows: int,
    source: str,
    at: datetime,
    progress: Callable[[str], None] = lambda _: None,
) -> LoadReport:
    """Put the items on the registry; `rows` is the number of rows in the file, `source` its name.

    An item without dates gets those of its heading, where they are known. A known date is never erased. The report
    counts items: a deletion of what was on file counts as ended. Raises Conflict when a product stands in another
    place of the same subdivision than before, which means that the file numbers them differently.

    All is read and compared first, and then written in one short transaction, so that nobody who files has to wait: on
    SQLite one writer keeps out all others. Where somebody changed the register meanwhile, it is compared once more.
    """
    load_shipped_actions()
    items = list(items)
    progress(f"Comparing {len(items):,} products with those on file …")
    planned = _planned(items, source, at)
    if planned.changes_anything:
        progress("Writing …")
        with transaction.atomic():
            one_load_at_a_time()
            if not planned.stamp or planned.stamp != TariffVersion.current():
                planned = _planned(items, source, at)
            _write(planned)
    find_in_texts()
    date_terms(at=at)
    note_exclusions()
    changed = len({_place_of(term) for term in planned.changed_terms.values()} | planned.amended) - planned.ended
    return LoadReport(rows, len(planned.new[ExclusionTerm]), changed, planned.ended)


def _planned(items: list[ExclusionItem], source: str, at: datetime) -> Registry:
    """Return what is on file, with what is to be added and changed. Nothing is written."""
    actions = {action.code: action for action in TariffAction.objects.all()}
    registry = read_registry(actions, at)
    _refuse_moved(items, registry)
    registry.printed_last = {place_of(item): item.text for item in items}
    for item in items:
        _take(item, actions[item.list_code], registry, item.source or source)
    _date_texts(registry)
    return registry


def _place_of(term: ExclusionTerm) -> Place:
    return (term.exclusion.action.code, term.heading, term.note, term.seq)


def load_shipped_exclusions(*, at: datetime, progress: Callable[[str], None] = lambda _: None) -> LoadReport:
    """Put the exclusions that come with the product on the registry, and the amendments of later notices."""
    items = shipped_exclusions()
    return load_exclusions(items=items, rows=len(items), source=EXCLUSIONS_SOURCE, at=at, progress=progress)


def _refuse_moved(items: list[ExclusionItem], registry: Registry) -> None:
    """Refuse a file that numbers known products afresh: every one would look like an amendment of its neighbour."""
    on_file = {
        (*place[:3], term.exclusion.product_key): term
        for place, terms in registry.terms.items()
        for term in terms
        if term.status != ExclusionTerm.Status.DELETED and term.exclusion.origin == Exclusion.Origin.NOTE
    }
    moved = []
    for item in items:
        term = on_file.get((item.list_code, item.heading, item.note, item.key))
        if term and term.seq != item.seq:
            moved.append(
                f"line {item.line}: product {item.seq} of note {note_cited(item.note)} is on file as {term.seq}"
            )
    if moved:
        more = f", and {len(moved) - 5} more" if len(moved) > 5 else ""
        raise Conflict(f"The file numbers its products differently: {'; '.join(moved[:5])}{more}. Nothing was loaded.")


def _take(item: ExclusionItem, action: TariffAction, registry: Registry, source: str) -> None:
    term = registry.term_at(item)
    if term is None and place_of(item) in registry.corrected_places:
        return
    if term is None:
        exclusion = registry.exclusions.get((item.list_code, item.key)) or _new_exclusion(item, action, registry)
        _use_text(item, exclusion, registry, source)
        registry.new[ExclusionTerm].append(_term(item, exclusion))
        registry.terms.setdefault(place_of(item), []).append(registry.new[ExclusionTerm][-1])
        return
    if item.deleted:
        if term.status != ExclusionTerm.Status.DELETED:
            term.status = ExclusionTerm.Status.DELETED
            term.reason = f"Deleted in {source}"
            registry.changed_terms[id(term)] = term
            registry.ended += 1
        return
    if _use_text(item, term.exclusion, registry, source):
        registry.amended.add(place_of(item))
    if item.amends:
        return
    start, end = item.valid_from or term.valid_from, item.valid_to or term.valid_to
    if not term.corrected_by and (start, end) != (term.valid_from, term.valid_to):
        term.valid_from, term.valid_to = start, end
        term.dates_from = STATED
        term.reason = f"Dates of {source}"
        registry.changed_terms[id(term)] = term


def _new_exclusion(item: ExclusionItem, action: TariffAction, registry: Registry) -> Exclusion:
    """Name a product by its list, the first number it names and the start of its key: the same on every machine."""
    numbers = named_numbers(item.text)
    number = numbers[0].number if numbers else item.heading
    exclusion = Exclusion(
        reference=f"L{item.list_code}-{number}-{item.key[:6].upper()}",
        action=action,
        product_key=item.key,
        origin=Exclusion.Origin.NOTE,
        created_at=registry.at,
    )
    registry.exclusions[item.list_code, item.key] = exclusion
    registry.new[Exclusion].append(exclusion)
    return exclusion


def _use_text(item: ExclusionItem, exclusion: Exclusion, registry: Registry, source: str) -> bool:
    """Make sure that the wording is a version of the exclusion's text; say whether it is a new one."""
    known = registry.texts.setdefault(exclusion.reference, [])
    if (exclusion.reference, item.text) in registry.corrected_texts:
        return False
    start = item.amended_from if item.amends else _window(item)[0]
    for text in known:
        if text.text == item.text:
            _note_print(item, text, registry)
            if start and text._state.adding and (text.valid_from is None or start < text.valid_from):
                text.valid_from = start
            return False
    text = ExclusionText(
        exclusion=exclusion,
        version=len(known) + 1,
        text=item.text,
        whole_number=is_whole_number(item.text),
        valid_from=start,
        source=source,
        authority=item.authority,
        reason=item.reason,
    )
    known.append(text)
    registry.new[ExclusionText].append(text)
    _note_print(item, text, registry)
    return True


def _note_print(item: ExclusionItem, text: ExclusionText, registry: Registry) -> None:
    """Note which wording stands at the item's place, where that is not on file: of several of a load the last one."""
    if registry.printed_last.get(place_of(item), item.text) != item.text:
        return
    place = (text.exclusion.reference, item.heading, item.note, item.seq)
    if registry.printed.get(place) != text.version:
        registry.printed[place] = text.version
        registry.new_printed.append(
            PrintedWording(
                exclusion=text.exclusion, heading=item.heading, note=item.note, seq=item.seq, version=text.version
            )
        )


def _window(item: ExclusionItem) -> tuple[date | None, date | None]:
    """Return the days of an item: its own, or else those of its heading. A deleted one has none."""
    if item.deleted:
        return None, None
    fact = exclusion_headings().get(item.heading)
    start, end, _ = dates_of(fact, item.note, item.seq) if fact else (None, None, "")
    return item.valid_from or start, item.valid_to or end


def _term(item: ExclusionItem, exclusion: Exclusion) -> ExclusionTerm:
    fact = exclusion_headings().get(item.heading)
    start, end = _window(item)
    dates_from = STATED if start else ""
    if fact and not item.deleted:
        first, last, rule = dates_of(fact, item.note, item.seq)
        dates_from = rule if (start, end) == (first, last) else OWN_DATES
    return ExclusionTerm(
        exclusion=exclusion,
        heading=item.heading,
        note=item.note,
        seq=item.seq,
        item=item.printed,
        status=ExclusionTerm.Status.DELETED if item.deleted else ExclusionTerm.Status.PUBLISHED,
        valid_from=start,
        valid_to=end,
        authority=fact.citation if fact else "",
        published_on=fact.published_on if fact else None,
        dates_from=dates_from,
    )


def _date_texts(registry: Registry) -> None:
    """End each wording on the eve of the next one's first day; a retroactive amendment leaves the older one undated."""
    for reference in {text.exclusion.reference for text in registry.new[ExclusionText]}:
        begun = [(text.valid_from, text.version, text) for text in registry.texts[reference] if text.valid_from]
        for (start, _, text), (next_start, _, _) in pairwise(sorted(begun, key=lambda dated: dated[:2])):
            end = next_start - timedelta(days=1) if next_start > start else None
            if text.valid_to != end:
                text.valid_to = end
                if not text._state.adding:
                    text.reason = "A later wording begins."
                    registry.changed_texts[text.pk] = text


def _write(registry: Registry) -> None:
    """Add what is new; what changed is superseded, for nothing that was published is edited."""
    bulk_create_with_history(registry.new[Exclusion], Exclusion, batch_size=BATCH)
    saved = {row.reference: row for row in Exclusion.objects.order_by()} if registry.new[Exclusion] else {}
    for row in (*registry.new[ExclusionText], *registry.new[ExclusionTerm]):
        row.exclusion = saved.get(row.exclusion.reference, row.exclusion)
        row.recorded_at = registry.at
    for wording in registry.new_printed:
        wording.exclusion = saved.get(wording.exclusion.reference, wording.exclusion)
    PrintedWording.objects.bulk_create(registry.new_printed, batch_size=BATCH)
    dated = [successor(text, at=registry.at) for text in registry.changed_texts.values()]
    texts = ExclusionText.objects.bulk_create([*registry.new[ExclusionText], *dated], batch_size=BATCH)
    write_numbers(texts, batch_size=BATCH)
    changed = [successor(term, at=registry.at) for term in registry.changed_terms.values()]
    bulk_create_with_history([*registry.new[ExclusionTerm], *changed], ExclusionTerm, batch_size=BATCH)
