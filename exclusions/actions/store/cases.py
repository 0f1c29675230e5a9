"""Rows of live cases follow their petitions; those of historical cases come from dockets, by `load_docket`.

Nothing here is decided: a row can be written again at any time from what is on file.
"""

import logging
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Prefetch

from exclusions.actions.store.bulk import insert_rows
from exclusions.errors import BrokenRound, Conflict
from exclusions.facts.filing_day import filing_day
from exclusions.facts.forms import petition_form
from exclusions.facts.like_cases import marks_of
from exclusions.models import Decision, Petition, PetitionVersion, PublicPetition, StoredCase, StoredKey
from exclusions.models.casework.store import NAME_LENGTH, STORE_LAYOUT, plain_key
from exclusions.queries.record.taken_down import Down, down_of
from exclusions.questionnaires.product import PRODUCT_WORDS
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.outcomes import DECIDED_OUTCOMES, OUTCOME_OF_STAGE, CaseOutcome, outcome_of
from exclusions.workflow.public_things import Kind
from exclusions.workflow.states import Stage, Status

AT_ONCE = 500
# Columns of the public copy of a historical case, and what a row of a docket calls them.
COPIED = {
    "reference": "reference",
    "organization_name": "requester",
    "hts10": "hts10",
    "product_name": "product",
    "posted_on": "posted_on",
    "stage": "stage",
}
FROM_DOCKET = ("requester", "hts10", "product", "filed_on", "outcome", "lacks", "layout")
COLUMNS = {field.name: field.attname for field in StoredCase._meta.concrete_fields if not field.generated}
WRITTEN = [name for name in COLUMNS if name not in ("id", "reference")]
logger = logging.getLogger(__name__)


def stored_row(
    petition: Petition, answers: Mapping[str, Any], down: Down, *, decided_on: date | None, at: datetime
) -> StoredCase:
    """Return the row of a filed petition, unsaved. Asks nothing of the database if round and organization are there.

    `answers` are those of its last sealed version, `down` what of it is taken down (`queries.record.taken_down`),
    `decided_on` the day on which the decision that stands was signed. What of the product was taken down is not in it;
    the words of a tombstone stand in the place of its name.
    """
    return _row(petition, public_answers(petition, answers), down, decided_on, at)


def _row(
    petition: Petition, public: Mapping[str, Any], down: Down, decided_on: date | None, at: datetime
) -> StoredCase:
    gone = {key for key in PRODUCT_WORDS if down.quarantine_of(Kind.ANSWER, key)}
    name = str(public.get("product_name") or petition.product_name)
    requester = str(public.get("org_legal_name") or petition.organization.legal_name)
    requester = down.in_place(requester, Kind.ANSWER, "org_legal_name")[:NAME_LENGTH]
    said = [str(public.get(key) or "") for key in PRODUCT_WORDS if key not in gone]
    outcome = outcome_of(Status(petition.status), in_part=petition.in_part)
    return StoredCase(
        reference=str(petition.reference),
        kind=StoredCase.Kind.LIVE,
        docket=petition.round.docket,
        petition=petition,
        organization_id=petition.organization_id,
        requester=requester,
        requester_key=plain_key(requester),
        hts10=petition.hts10,
        product=down.in_place(name, Kind.ANSWER, "product_name")[:NAME_LENGTH],
        product_key="" if "product_name" in gone else plain_key(name),
        words="\n".join(filter(None, said)),
        filed_on=filing_day(petition.submitted_at, at),
        outcome=outcome,
        decided_on=decided_on if outcome in DECIDED_OUTCOMES else None,
        layout=STORE_LAYOUT,
    )


def public_answers(petition: Petition, answers: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the public ones of the answers; none where the round's form can no longer be read."""
    try:
        return petition_form(petition.round).public(answers)
    except BrokenRound as broken:
        logger.warning("%s: stored without the words of its product. %s", petition.reference, broken)
        return {}


def store_case(petition: Petition, *, at: datetime) -> StoredCase | None:
    """Write the row of a filed petition anew, all of it, and return it; None for a draft. In the caller's transaction.

    For where answers, names or what is taken down have changed; `restate` is enough where the status alone did.
    """
    if petition.status == Status.DRAFT:
        return None
    version = petition.versions.sealed().newest()
    decision = Decision.objects.filter(petition=petition).only("signed_at").order_by("-version").first()
    answers, decided_on = version.answers if version else {}, eastern_date(decision.signed_at) if decision else None
    row = stored_row(petition, answers, down_of(petition), decided_on=decided_on, at=at)
    return _keep([row])[0]


def store_filed(petition: Petition, answers: Mapping[str, Any], *, at: datetime) -> StoredCase:
    """Write the row of a petition that was never filed before, with these answers; nothing is decided or taken down."""
    row = stored_row(petition, answers, Down([]), decided_on=None, at=at)
    keys = _marked([row])
    row.save(force_insert=True)
    keep_keys(keys)
    return row


def restate(*petitions: Petition, at: datetime) -> None:
    """Let the rows of petitions follow their new status, which they entered at `at`. No row, no change.

    One statement an outcome.
    """
    by_outcome: dict[CaseOutcome, list[Petition]] = {}
    for petition in petitions:
        outcome = outcome_of(Status(petition.status), in_part=petition.in_part)
        by_outcome.setdefault(outcome, []).append(petition)
    for outcome, moved in by_outcome.items():
        rows = StoredCase.objects.filter(petition__in=moved)
        if outcome not in DECIDED_OUTCOMES:
            rows.update(outcome=outcome, decided_on=None)
        else:
            # A status that follows on the decision leaves the day on which it was signed.
            rows.exclude(outcome=outcome).update(outcome=outcome, decided_on=eastern_date(at))


def store_cases(petitions: Iterable[Petition], *, at: datetime) -> int:
    """Write the rows of many petitions anew and return how many; the statements do not grow with a batch's rows."""
    count = 0
    batch: list[Petition] = []
    for petition in petitions:
        batch.append(petition)
        if len(batch) == AT_ONCE:
            count += _store_batch(batch, at)
            batch = []
    return count + _store_batch(batch, at)


def store_repeated(
    cases: Iterable[tuple[Petition, Mapping[str, Any]]], *, decided_on: date | None, at: datetime
) -> None:
    """Write the rows of petitions that are not in the store yet and of which nothing is taken down.

    Each comes with its public answers; `decided_on` is the day of the decision of all, as for `stored_row`.
    """
    _add([_row(petition, public, Down([]), decided_on, at) for petition, public in cases], analyzed=False)


def _store_batch(batch: Sequence[Petition], at: datetime) -> int:
    sealed = PetitionVersion.objects.sealed().order_by("-number")
    found = (
        Petition.objects.filter(pk__in=[petition.pk for petition in batch])
        .exclude(status=Status.DRAFT)
        .select_related("round", "organization")
        .prefetch_related(Prefetch("versions", sealed), "decisions", "quarantines")
    )
    rows = []
    for petition in found:
        answers: Mapping[str, Any] = next((version.answers for version in petition.versions.all()), {})
        signed = next((decision.signed_at for decision in petition.decisions.all()), None)
        down = Down([taken for taken in petition.quarantines.all() if taken.restored_at is None])
        decided_on = eastern_date(signed) if signed else None
        rows.append(stored_row(petition, answers, down, decided_on=decided_on, at=at))
    return len(_keep(rows))


def _keep(rows: Sequence[StoredCase]) -> list[StoredCase]:
    """Write the rows with their keys, and return them."""
    keys = _marked(rows)
    kept: list[StoredCase] = StoredCase.objects.bulk_create(
        rows, AT_ONCE, update_conflicts=True, unique_fields=["reference"], update_fields=WRITTEN
    )
    keep_keys(keys)
    return kept


def keep_keys(keys: dict[int, set[int]], *, analyzed: bool = False) -> None:
    """Write the keys of wordings, by their digests, where they are not there yet."""
    digests, known = list(keys), set[int]()
    for first in range(0, len(digests), AT_ONCE):
        there = StoredKey.objects.filter(likeness__in=digests[first : first + AT_ONCE]).order_by()
        known.update(there.values_list("likeness", flat=True).distinct())
    new = [(key, digest) for digest, found in keys.items() if digest not in known for key in sorted(found)]
    if len(new) > AT_ONCE:
        insert_rows(StoredKey, ("key", "likeness"), new, analyzed=analyzed)
    else:
        StoredKey.objects.bulk_create([StoredKey(key=key, likeness=digest) for key, digest in new])


def _marked(rows: Iterable[StoredCase]) -> dict[int, set[int]]:
    """Give each row the digest of what is compared of it, and return the keys by that."""
    keys = {}
    for row in rows:
        row.likeness, found = marks_of(row)
        keys[row.likeness] = found
    return keys


def store_docket(rows: Iterable[Mapping[str, Any]], *, docket: str) -> tuple[int, int]:
    """Bring the historical cases of a docket up to what its rows say; return how many are new, how many changed.

    A row has `reference`, `requester`, `hts10`, `product`, `posted_on` and `stage` (of workflow.states). A blank
    requester or product is marked. Cases that the rows lack are left. Raises Conflict for the reference of a live case.
    """
    on_file = {
        row.reference: row for row in StoredCase.objects.filter(docket=docket).only("reference", "kind", *FROM_DOCKET)
    }
    new: list[StoredCase] = []
    changed: list[StoredCase] = []
    for given in rows:
        there, facts = on_file.get(given["reference"]), _docket_facts(given)
        if there is not None and there.kind != StoredCase.Kind.HISTORICAL:
            raise Conflict(
                f"{there.reference} is a petition filed here. A spreadsheet cannot change it. Remove the row, or check "
                "the docket. Nothing was loaded."
            )
        if there is None or any(getattr(there, name) != facts[name] for name in FROM_DOCKET):
            row = StoredCase(reference=given["reference"], kind=StoredCase.Kind.HISTORICAL, docket=docket, **facts)
            (new if there is None else changed).append(row)
    _keep(changed)
    _add(new)
    return len(new), len(changed)


def _add(new: Sequence[StoredCase], *, analyzed: bool = True) -> None:
    """Write many rows that are not there yet, with their keys."""
    columns = ["reference", *(COLUMNS[name] for name in WRITTEN)]
    keys = _marked(new)
    insert_rows(StoredCase, columns, ([getattr(row, name) for name in columns] for row in new), analyzed=analyzed)
    keep_keys(keys, analyzed=analyzed)


def _docket_facts(given: Mapping[str, Any]) -> dict[str, Any]:
    requester, product = given["requester"], given["product"]
    lacks = [name for name, text in (("requester", requester), ("product", product)) if not text]
    return {
        "requester": requester,
        "requester_key": plain_key(requester),
        "hts10": given["hts10"],
        "product": product,
        "product_key": plain_key(product),
        "words": product,
        "filed_on": given["posted_on"],
        "outcome": OUTCOME_OF_STAGE.get(Stage(given["stage"]), CaseOutcome.OPEN),
        "decided_on": None,
        "lacks": ", ".join(lacks),
        "layout": STORE_LAYOUT,
    }


def fill_store() -> int:
    """Store what is on file and not in the store, or in an earlier layout; return how many rows were written.

    For after a migrate, batch by batch. On a store that is whole it asks two questions.
    """
    written = 0
    stored = StoredCase.objects.filter(layout=STORE_LAYOUT)
    live = stored.filter(kind=StoredCase.Kind.LIVE).values("petition")
    missing = Petition.objects.exclude(status=Status.DRAFT).exclude(pk__in=live).order_by("submitted_at", "pk")
    waiting = list(missing.only("pk", "updated_at"))
    for first in range(0, len(waiting), AT_ONCE):
        batch = waiting[first : first + AT_ONCE]
        with transaction.atomic():
            written += _store_batch(batch, batch[0].updated_at)
    loaded = PublicPetition.objects.filter(historical=True).exclude(reference__in=stored.values("reference"))
    dockets: dict[str, list[dict[str, Any]]] = {}
    for row in loaded.order_by("docket", "pk").values("docket", *COPIED):
        dockets.setdefault(row["docket"], []).append({name: row[column] for column, name in COPIED.items()})
    for docket, rows in dockets.items():
        with transaction.atomic():
            written += sum(store_docket(rows, docket=docket))
    return written
