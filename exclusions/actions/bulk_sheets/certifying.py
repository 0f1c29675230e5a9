"""Many drafts certified by one person at one moment, and filed one by one as of that moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from exclusions.actions.bulk_sheets.proving import BUSY
from exclusions.actions.bulk_sheets.sheets import lock_sheet
from exclusions.actions.filing.petitions import must_be_let_file, must_be_open
from exclusions.errors import Conflict, Incomplete, WrongState
from exclusions.facts.forms import petition_form
from exclusions.facts.rounds import round_in_force
from exclusions.models import BulkCertificate, BulkSheet, Round, User
from exclusions.permissions.filing import certification_problems
from exclusions.permissions.importer.bulk_proofs import stamp_now
from exclusions.questionnaires.certifications import certifications, statement

SEEN_BEFORE = (
    "The drafts were checked again after you opened this page. Read their public versions again, then certify."
)
NONE_READY = "No draft of this sheet has passed its check as it is now. Check the drafts, correct them, then certify."
NOT_READ = "Read the public version of each petition first, then say so."


@dataclass(frozen=True)
class Given:
    """What was certified, and the products of the drafts that are left out, as their lists name them."""

    certificate: BulkCertificate
    left_out: list[str]


def certify_drafts(
    sheet: BulkSheet, *, certified: Mapping[str, str], was_read: bool, seen: int, by: User, at: datetime
) -> Given:
    """Certify each draft of a sheet that passed its check as it is now; they are filed in slices, as of `at`.

    `certified` are the statements, as {question key: "yes"}; `seen` is the revision of the sheet that was read. Drafts
    that were changed since their check, or did not pass it, are left out. Raises NotPermitted, WrongState out of the
    window or while other work is under way, Conflict where drafts were checked again meanwhile, Incomplete by field.
    """
    with transaction.atomic():
        locked = lock_sheet(sheet, by=by, at=at)
        must_be_let_file(locked.organization, locked.filer_organization, by, at, locked.round)
        must_be_open(round_in_force(locked.round.slug) or locked.round, at)
        if locked.state != BulkSheet.State.CHECKED:
            raise WrongState(BUSY)
        if seen != locked.revision:
            raise Conflict(SEEN_BEFORE)
        fields = {"was_read": [] if was_read else [NOT_READ]}
        fields["certified"] = certification_problems(locked.round, certified)
        if any(fields.values()):
            raise Incomplete(fields={name: said for name, said in fields.items() if said})
        ready = locked.rows.ready(stamp_now(locked)).select_related("petition").order_by("number")
        drafts = [[str(row.petition_id), row.proved_revision, row.proof_digest] for row in ready]
        if not drafts:
            raise Incomplete(NONE_READY)
        keys = [row.pk for row in ready]
        others = locked.rows.drafts().exclude(pk__in=keys).order_by("number")
        left_out = [name or f"line {number}" for name, number in others.values_list("petition__product_name", "number")]
        certificate = BulkCertificate(
            sheet_key=locked.pk,
            docket=locked.round.docket,
            made_by=by,
            made_at=at,
            statements=_statements(locked.round),
            drafts=drafts,
        )
        certificate.sha256 = certificate.digest()
        certificate.save(force_insert=True)
        locked.rows.filter(pk__in=keys).update(certificate=certificate, left_out=[])
        locked.state, locked.stopped = BulkSheet.State.FILING, []
        locked.save(update_fields=["state", "stopped"])
    return Given(certificate, left_out)


def _statements(round: Round) -> list[list[str]]:
    """Return the statements that the form has certified, each as [key, words]."""
    return [[question.key, statement(question)] for question in certifications(petition_form(round))]
