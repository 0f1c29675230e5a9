"""The doors of bulk sheets."""

from collections.abc import Mapping
from typing import Any

from tests.factories.at_doors.door import ACTIONS, VIEWS, Door, nothing
from tests.factories.importer.bulk_sheets import pasted, sheet_of, sheet_without_drafts
from tests.factories.who_enters import ANYBODY_SIGNED_IN, OWNERS, Row
from tests.factories.world import World

SHEETS = f"{ACTIONS}bulk_sheets.sheets."


def begun(world: World) -> Mapping[str, Any]:
    """Begin a sheet of the importer's own company."""
    return {"round": world.draft.round.slug, "party": f"{world.draft.organization_id}:"}


OF_BULK_PAGES = {
    "bulk-sheets": Row(ANYBODY_SIGNED_IN),
    **dict.fromkeys(
        ("bulk-sheet", "bulk-sheet-company", "bulk-sheet-delete", "bulk-sheet-marked"), Row(OWNERS, sheet_of)
    ),
    **dict.fromkeys(
        ("bulk-sheet-numbers", "bulk-sheet-accept"), Row(frozenset(), sheet_of, others=405, posters=OWNERS)
    ),
    "bulk-sheet-template": Row(OWNERS, lambda world: {**sheet_of(world), "kind": "xlsx"}),
}
OF_BULK_SHEETS = (
    Door("importer.bulk_sheets.index", "importer", "bulk-sheets", nothing, f"{SHEETS}begin_sheet", begun),
    Door(
        "importer.bulk_sheets.sheet",
        "filer",
        "bulk-sheet",
        sheet_without_drafts,
        f"{VIEWS}importer.bulk_sheets.take_in",
        pasted,
    ),
    Door(
        "importer.bulk_sheets.accept",
        "filer",
        "bulk-sheet-accept",
        sheet_of,
        f"{ACTIONS}bulk_sheets.drafting.accept_rows",
        {"wanted": "valid"},
    ),
    Door("importer.bulk_sheets.numbers", "filer", "bulk-sheet-numbers", sheet_of, f"{SHEETS}use_proposed"),
    Door("importer.bulk_sheets.delete", "filer", "bulk-sheet-delete", sheet_of, f"{SHEETS}delete_sheet"),
    Door(
        "importer.bulk_company.company",
        "filer",
        "bulk-sheet-company",
        sheet_of,
        f"{SHEETS}save_company",
        {"requester_city": "Akron"},
    ),
)
