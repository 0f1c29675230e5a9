"""The doors of bulk sheets, and of acts on many petitions."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from exclusions.workflow.deadlines import eastern_date
from tests.factories.at_doors.door import ACTIONS, VIEWS, Door, nothing
from tests.factories.casework.inquiries import asked
from tests.factories.importer.bulk_sheets import certificate_of, pasted, sheet_of, sheet_without_drafts
from tests.factories.importer.zips import sent_zip, zip_of
from tests.factories.who_enters import ANYBODY_SIGNED_IN, OWNERS, Row
from tests.factories.world import World

SHEETS = f"{ACTIONS}bulk_sheets.sheets."
MANY = f"{ACTIONS}filing.many."


def begun(world: World) -> Mapping[str, Any]:
    """Begin a sheet of the importer's own company."""
    return {"round": world.draft.round.slug, "party": f"{world.draft.organization_id}:"}


def chosen(act: str) -> Callable[[World], Mapping[str, Any]]:
    """Choose the draft, or the posted petition of the same parties, for an act on many."""

    def choose(world: World) -> Mapping[str, Any]:
        petition = world.draft if act == "delete" else world.posted
        return {"chosen": [str(petition.pk)], "act": act, "reason": "No longer needed."}

    return choose


def together(world: World) -> Mapping[str, Any]:
    """Name the entry of intake's queue in which the submitted petition is."""
    petition = world.submitted
    assert petition.submitted_at
    day = eastern_date(petition.submitted_at).isoformat()
    return {"organization": petition.organization_id, "slug": petition.round.slug, "day": day}


def returned(world: World) -> Mapping[str, Any]:
    """Return the submitted petition on the page of its entry."""
    return {
        "act": "return",
        "chosen": [f"{world.submitted.reference}:submitted"],
        "question_1": "product_name",
        "remedy_1": "Say of which kind it is.",
        "last_day": str(eastern_date(world.submitted.status_since) + timedelta(days=30)),
    }


OF_BULK_PAGES = {
    "review-together": Row(frozenset({"intake"}), others=403),
    "review-together-entry": Row(frozenset({"intake"}), together, others=403),
    **dict.fromkeys(
        (
            "petitions-many",
            "petitions-questions",
            "petitions-returned",
            "petitions-calendar",
            "petitions-calendar-file",
        ),
        Row(ANYBODY_SIGNED_IN),
    ),
    "petitions-export": Row(ANYBODY_SIGNED_IN, lambda world: {"kind": "csv"}),
    "petitions-question": Row(OWNERS, lambda world: {"inquiry_id": asked(world.level1).pk}),
    "bulk-sheets": Row(ANYBODY_SIGNED_IN),
    **dict.fromkeys(
        (
            "bulk-sheet",
            "bulk-sheet-company",
            "bulk-sheet-delete",
            "bulk-sheet-leaks",
            "bulk-sheet-likes",
            "bulk-sheet-marked",
            "bulk-sheet-certify",
            "bulk-sheet-public",
            "bulk-sheet-documents",
        ),
        Row(OWNERS, sheet_of),
    ),
    **dict.fromkeys(
        ("bulk-sheet-numbers", "bulk-sheet-accept", "bulk-sheet-check", "bulk-sheet-settle"),
        Row(frozenset(), sheet_of, others=405, posters=OWNERS),
    ),
    "bulk-sheet-zip-delete": Row(frozenset(), zip_of, others=405, posters=OWNERS),
    "bulk-sheet-receipt": Row(OWNERS, certificate_of),
    "bulk-sheet-template": Row(OWNERS, lambda world: {**sheet_of(world), "kind": "xlsx"}),
}
OF_BULK_SHEETS = (
    Door(
        "casework.intake.together.together_entry",
        "intake",
        "review-together-entry",
        together,
        f"{VIEWS}casework.intake.together.take_together",
        returned,
    ),
    Door(
        "importer.many.many_petitions", "filer", "petitions-many", nothing, f"{MANY}withdraw_many", chosen("withdraw")
    ),
    Door("importer.many.many_petitions", "filer", "petitions-many", nothing, f"{MANY}delete_many", chosen("delete")),
    Door(
        "importer.together.questions.question",
        "importer",
        "petitions-question",
        lambda world: {"inquiry_id": asked(world.level1).pk},
        f"{VIEWS}importer.together.questions.answer_many",
        lambda world: {"chosen": [str(asked(world.level1).petition_id)], "text": "It has the honed one of the two."},
    ),
    Door(
        "importer.together.returned.returned",
        "importer",
        "petitions-returned",
        nothing,
        f"{VIEWS}importer.together.returned.resubmit_many",
    ),
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
    Door(
        "importer.bulk_documents.documents",
        "filer",
        "bulk-sheet-documents",
        sheet_of,
        f"{ACTIONS}bulk_sheets.zips.take_zip",
        sent_zip,
    ),
    Door(
        "importer.bulk_documents.delete_zip",
        "filer",
        "bulk-sheet-zip-delete",
        zip_of,
        f"{ACTIONS}bulk_sheets.zips.delete_zip",
    ),
    Door(
        "importer.bulk_rows.leaks.settle",
        "filer",
        "bulk-sheet-settle",
        sheet_of,
        f"{VIEWS}importer.bulk_rows.leaks.settle_rows",
        {"leak": "a", "seen": 0, "listed": ["4"], "which": "all", "statement": "We advertise it."},
    ),
    Door("importer.bulk_sheets.delete", "filer", "bulk-sheet-delete", sheet_of, f"{SHEETS}delete_sheet"),
    Door(
        "importer.bulk_certify.check",
        "filer",
        "bulk-sheet-check",
        sheet_of,
        f"{VIEWS}importer.bulk_certify.check_drafts",
    ),
    Door(
        "importer.bulk_certify.certify",
        "filer",
        "bulk-sheet-certify",
        sheet_of,
        f"{VIEWS}importer.bulk_certify.certify_drafts",
        {"seen": 0, "was_read": "on"},
    ),
    Door(
        "importer.bulk_company.company",
        "filer",
        "bulk-sheet-company",
        sheet_of,
        f"{SHEETS}save_company",
        {"requester_city": "Akron"},
    ),
)
