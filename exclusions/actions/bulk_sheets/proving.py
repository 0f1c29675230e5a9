"""The drafts of a sheet checked as they are now, as the last page of each draft does, before they are certified."""

from datetime import datetime

from django.db import transaction

from exclusions.actions.bulk_sheets.contents import Content, contents_of, with_files
from exclusions.actions.bulk_sheets.sheets import lock_sheet
from exclusions.errors import Incomplete, WrongState
from exclusions.models import BulkRow, BulkSheet, Petition, User
from exclusions.permissions.filing import Remark, remarks
from exclusions.permissions.filing_facts import AskedOnce
from exclusions.permissions.importer.bulk_proofs import stamp_now
from exclusions.permissions.leaks import JudgedFiles

AT_ONCE = 10  # drafts that are checked between two looks at the clock
BUSY = "Other work on this sheet is under way. Wait until that has ended."
NO_DRAFTS = "No row of this sheet is a draft that is not filed. Make drafts of the rows first."
PROOF = ("proved_revision", "proof_stamp", "proof_digest", "passed", "problems")


def check_drafts(sheet: BulkSheet, *, by: User, at: datetime) -> BulkSheet:
    """Let the drafts that were changed since their check, or did not pass it, be checked; return the sheet.

    That is done in slices. Raises NotPermitted, WrongState while other work is under way, Incomplete without drafts.
    """
    with transaction.atomic():
        locked = lock_sheet(sheet, by=by, at=at)
        if locked.state != BulkSheet.State.CHECKED:
            raise WrongState(BUSY)
        drafts = locked.rows.drafts()
        if not drafts.exists():
            raise Incomplete(NO_DRAFTS)
        ready = locked.rows.ready(stamp_now(locked)).values("pk")
        BulkRow.objects.filter(pk__in=drafts.exclude(pk__in=ready).values("pk")).update(
            proved_revision=None, passed=False, problems=[]
        )
        locked.state = BulkSheet.State.PROVING
        locked.revision += 1
        locked.save(update_fields=["state", "revision"])
    return locked


class Prover:
    """Checks draft after draft of one sheet; what is on file about a number is asked once."""

    def __init__(self, sheet: BulkSheet, at: datetime) -> None:
        self._sheet, self._at = sheet, at
        self._stamp = stamp_now(sheet)
        self._asked = AskedOnce(sheet.draft())
        self._left: list[int] = []

    def prove_some(self) -> bool:
        """Check some drafts; return whether to go on. What was found is dropped where the sheet moved on meanwhile."""
        self._left = self._left or self._to_prove()
        keys, self._left = self._left[:AT_ONCE], self._left[AT_ONCE:]
        # Prefetched, so that all drafts have the same round with its actions, and the same parties.
        related = ("petition__round__actions", "petition__organization", "petition__filer_organization")
        found = BulkRow.objects.drafts().filter(pk__in=keys).select_related("petition").prefetch_related(*related)
        rows = list(found.defer(*BulkRow.TYPED).order_by("number"))
        contents = contents_of([row.petition_id for row in rows if row.petition_id])
        for row in rows:
            assert row.petition is not None  # it is a draft
            self._prove(row, row.petition, contents[row.petition.pk])
        with transaction.atomic():
            same = BulkSheet.objects.select_for_update().filter(
                pk=self._sheet.pk, revision=self._sheet.revision, state=BulkSheet.State.PROVING
            )
            if not same.exists():
                return False
            BulkRow.objects.bulk_update(rows, PROOF)
            if not keys:
                same.update(state=BulkSheet.State.CHECKED)
        return bool(keys)

    def _to_prove(self) -> list[int]:
        """Return the keys of the drafts that were not checked as they are now, in the order of the sheet."""
        proved = self._sheet.rows.proved(self._stamp).values("pk")
        return list(self._sheet.rows.drafts().exclude(pk__in=proved).order_by("number").values_list("pk", flat=True))

    def _prove(self, row: BulkRow, petition: Petition, content: Content) -> None:
        """Note on the row what the check of its draft found, and of which answers and files."""

        def judge(judged: JudgedFiles) -> list[Remark]:
            return remarks(petition, content.answers, self._at, judged=judged, warnings=False, asked=self._asked)

        found = with_files(petition, bool(content.documents), judge)
        row.problems = [remark.sentence for remark in found if remark.is_error]
        row.passed = not row.problems
        row.proved_revision, row.proof_stamp = petition.revision, self._stamp
        row.proof_digest = content.digest(petition)
