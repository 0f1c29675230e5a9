"""Load historical petitions from a public docket spreadsheet: their public side, and what the staff compare with.

No petition of ours is behind them, so that nobody owns, moves or is mailed about one.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, time
from typing import Any

from django.db import transaction

from exclusions.actions.evidence import note_names
from exclusions.actions.loading.load_lock import one_load_at_a_time
from exclusions.actions.loading.load_reports import LoadReport
from exclusions.actions.store.bulk import insert_rows, update_rows
from exclusions.actions.store.cases import store_docket
from exclusions.days import EASTERN
from exclusions.errors import Conflict
from exclusions.gateways.docket_table import DocketRow
from exclusions.models import DocketVersion, PublicPetition, Round

END_OF_DAY = time(23, 59)
FACTS = ("round_id", "organization_name", "stage", "hts10", "product_name", "posted_on", "response_closes_at")
KEYS = ("id", "reference", "docket", "updated_at")
# What a spreadsheet does not tell is as empty as the table lets it be.
EMPTY: dict[str, Any] = {
    field.attname: field.get_default()
    for field in PublicPetition._meta.concrete_fields
    if field.attname not in (*KEYS, *FACTS)
} | {"historical": True}
COLUMNS = ("reference", "docket", *FACTS, *EMPTY, "updated_at")


def load_docket(
    *,
    docket: str,
    petitions: Iterable[DocketRow],
    rows: int,
    at: datetime,
    progress: Callable[[str], None] = lambda _: None,
) -> LoadReport:
    """Put the petitions of a docket on the public side and in the case store, with their stage and dates.

    `rows` counts the file's rows. Petitions on file are brought up to what the file says; those that the file lacks are
    left. A response period ends at 23:59 New York time of its last day. Raises Conflict when a reference belongs to a
    petition filed here.
    """
    with transaction.atomic():
        one_load_at_a_time()
        petitions = list(petitions)
        progress(f"Comparing {len(petitions):,} petitions with those on file …")
        on_file = {
            row.reference: row
            for row in PublicPetition.objects.filter(docket=docket).only("reference", "historical", *FACTS)
        }
        round_id = (
            Round.objects.current().filter(docket=docket).order_by("version").values_list("pk", flat=True).first()
        )
        new: list[list[Any]] = []
        changed: list[tuple[int, list[Any]]] = []
        for petition in petitions:
            facts = _facts(petition, round_id)
            row = on_file.get(petition.reference)
            if row is None:
                new.append([petition.reference, docket, *facts, *EMPTY.values(), at])
            elif not row.historical:
                raise Conflict(
                    f"{petition.reference} is a petition filed here (line {petition.line}). A spreadsheet cannot "
                    "change it. Remove the row, or check the docket. Nothing was loaded."
                )
            elif facts != [getattr(row, name) for name in FACTS]:
                changed.append((row.pk, [*facts, at]))
        progress("Writing …")
        insert_rows(PublicPetition, COLUMNS, new)
        update_rows(PublicPetition, (*FACTS, "updated_at"), changed)
        store_docket([_stored(petition) for petition in petitions], docket=docket)
        if new or changed:
            DocketVersion.advance()
            note_names()
    return LoadReport(rows, added=len(new), changed=len(changed))


def _stored(petition: DocketRow) -> dict[str, Any]:
    return {
        "reference": petition.reference,
        "requester": petition.organization,
        "hts10": petition.hts10,
        "product": petition.product,
        "posted_on": petition.posted_on,
        "stage": petition.stage,
    }


def _facts(petition: DocketRow, round_id: int | None) -> list[Any]:
    closes = petition.response_closes_on
    return [
        round_id,
        petition.organization,
        petition.stage,
        petition.hts10,
        petition.product,
        petition.posted_on,
        datetime.combine(closes, END_OF_DAY, tzinfo=EASTERN) if closes else None,
    ]
