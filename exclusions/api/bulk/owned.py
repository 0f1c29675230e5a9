"""What the addresses of one bulk sheet share: whose it is, what is sent of it, what a person certifies by it."""

import hashlib
import json
from datetime import datetime
from typing import Any
from uuid import UUID

from rest_framework.exceptions import NotFound, PermissionDenied

from exclusions.actions.bulk_sheets.judging import Judge
from exclusions.api.bulk.output import SheetOutput
from exclusions.api.petitions.owned import Timed
from exclusions.api.tokens import OWN_REFUSALS
from exclusions.facts.forms import petition_form
from exclusions.models import BulkSheet
from exclusions.permissions.importer.bulk_proofs import stamp_now
from exclusions.queries.importer import bulk_sheets as queries
from exclusions.queries.importer.bulk_certify import progress_of
from exclusions.questionnaires.certifications import certifications

NONE = "You have no sheet with this key. See the list of your sheets."
OF_ONE = {**OWN_REFUSALS, 404: "The person has no such sheet"}


class OfOwnSheet(Timed):
    """A view of one sheet that the token's person may work on."""

    queryset: Any = BulkSheet.objects.none()
    pagination_class: Any = None
    refusals = OF_ONE

    def sheet(self) -> BulkSheet:
        """Return the sheet that the address names. Raises NotFound, and PermissionDenied for a firm whose
        authorization has lapsed.
        """
        key: UUID = self.kwargs["pk"]
        found = queries.owned(self.person, key, self.at)
        if found is not None:
            return found[0]
        if reason := queries.lapse_refusal_of(self.person, key, self.at):
            raise PermissionDenied(reason)
        raise NotFound(NONE)


def body_of(sheet: BulkSheet, at: datetime) -> dict[str, Any]:
    """Return what is sent of a sheet."""
    stamp = stamp_now(sheet)
    context = {
        "figures": queries.figures_of(sheet),
        "company_problems": Judge(sheet, at).company_remarks(),
        "progress": progress_of(sheet, stamp),
        "certifications": certifications(petition_form(sheet.round)),
        "digest": None if sheet.is_at_work else digest_of(sheet, stamp),
    }
    return dict(SheetOutput(sheet, context=context).data)


def digest_of(sheet: BulkSheet, stamp: str) -> str:
    """Return a name of what the person certifies: these drafts, each as it was checked, at this state of the sheet."""
    ready = sheet.rows.ready(stamp).order_by("number").values_list("petition_id", "proved_revision", "proof_digest")
    said = [str(sheet.pk), sheet.revision, stamp, [[str(key), *proof] for key, *proof in ready]]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()
