"""The certified drafts of a sheet filed, each once: the row says so in the very transaction that files its draft."""

from collections.abc import Collection
from contextlib import suppress
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from exclusions.actions.bulk_sheets.contents import Content, contents_of, having_files, with_files
from exclusions.actions.filing.submitting import Certified, certification_keys, submit_judged
from exclusions.actions.record.addresses import page_address
from exclusions.actions.record.events import notify
from exclusions.errors import ActionRefused, Conflict
from exclusions.models import BulkCertificate, BulkRow, BulkSheet, Petition
from exclusions.permissions.filing_facts import AskedOnce
from exclusions.permissions.leaks import FilesChanged, JudgedFiles
from exclusions.workflow.deadlines import in_words

AT_ONCE = 8  # petitions of one transaction, which others that file wait for
CHANGED = "The answers or documents were changed after they were certified. Check the draft again, then certify it."
DELETED = "The draft was deleted after it was certified."
State = BulkSheet.State


class Filer:
    """Files some certified drafts of one sheet after others; what is on file about a number is asked once."""

    def __init__(self, sheet: BulkSheet, at: datetime) -> None:
        self._sheet, self._at = sheet, at
        self._asked = AskedOnce(sheet.draft())
        self._left = list(sheet.rows.to_file().order_by("number").values_list("pk", "petition_id"))

    def file_some(self) -> bool:
        """File some in one transaction, a savepoint a row; return whether to go on.

        Each is filed as of the moment of its certificate. What cannot be filed is left out, with the reasons on its
        row.
        """
        rows, self._left = self._left[:AT_ONCE], self._left[AT_ONCE:]
        judged = _judged([key for _, key in rows])
        with transaction.atomic():
            held = BulkSheet.objects.select_for_update(of=("self",)).filter(pk=self._sheet.pk, state=State.FILING)
            locked = held.select_related("round", "organization", "made_by").order_by("pk").first()
            if locked is None:
                return False
            # All are locked before the first is filed: who files one alone holds that when it waits for the number.
            petitions = _locked(judged)
            contents = contents_of(petitions)
            for row in _certified(locked, [pk for pk, _ in rows]):
                petition = petitions.get(row.petition_id) if row.petition_id else None
                if petition is None:
                    _leave_out(row, [CHANGED if row.petition_id else DELETED])
                else:
                    self._file(row, petition, contents[petition.pk], judged[petition.pk])
            if not self._left and not locked.rows.to_file().exists():
                _end(locked, self._at)
        return bool(self._left) and locked.state == State.FILING

    def _file(self, row: BulkRow, petition: Petition, content: Content, judged: JudgedFiles) -> None:
        """File the draft of a row, or note why it is left out."""
        certificate = row.certificate
        assert certificate is not None  # it is certified
        try:
            with transaction.atomic():
                if content.digest(petition) != row.proof_digest:
                    raise ActionRefused(CHANGED)
                submit_judged(
                    petition,
                    by=certificate.made_by,
                    at=self._at,
                    certified=dict.fromkeys(certification_keys(petition.round), "yes"),
                    judged=judged,
                    revision=row.proved_revision,
                    under=Certified(str(certificate.pk), certificate.made_at, self._asked),
                )
        except FilesChanged:
            _leave_out(row, [CHANGED])
        except ActionRefused as refused:
            _leave_out(row, refused.reasons or [str(refused)])
        else:
            row.filed_at = self._at
            row.save(update_fields=["filed_at"])


def _judged(keys: list[UUID]) -> dict[UUID, JudgedFiles]:
    """Return what the public files of drafts give away: read before anything is locked."""
    found, petitions = {}, Petition.objects.select_related("round", "organization").in_bulk(keys)
    having = having_files(petitions)
    for petition in petitions.values():
        with suppress(Conflict):  # somebody is at work on it: it is left out as changed
            found[petition.pk] = with_files(petition, petition.pk in having, lambda judged: judged)
    return found


def _locked(keys: Collection[UUID]) -> dict[UUID, Petition]:
    """Return the drafts of these keys, locked in the order of these; all have the same round and the same parties."""
    rows = Petition.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    return rows.prefetch_related("round__actions", "organization", "filer_organization").in_bulk()


def _certified(sheet: BulkSheet, keys: list[int]) -> QuerySet[BulkRow]:
    """Return those of these rows that are still to be filed, with the certificate less its list of all drafts."""
    rows = sheet.rows.to_file().filter(pk__in=keys).select_related("certificate__made_by")
    return rows.defer(*BulkRow.TYPED, "certificate__drafts", "certificate__statements").order_by("number")


def _leave_out(row: BulkRow, reasons: list[str]) -> None:
    row.left_out = reasons
    row.save(update_fields=["left_out"])


def _end(locked: BulkSheet, at: datetime) -> None:
    """Say that all is filed, and mail whoever certified once for all: nothing that a mailbox may not know."""
    locked.state = BulkSheet.State.CHECKED
    locked.save(update_fields=["state"])
    last = (
        BulkCertificate.objects.filter(sheet_key=locked.pk).select_related("made_by").order_by("-made_at", "pk").first()
    )
    if last is None:
        return
    filed = last.rows.filter(filed_at__isnull=False).order_by("petition__reference")
    references = [str(reference) for reference in filed.values_list("petition__reference", flat=True)]
    notify(
        to=last.made_by.email,
        template="filed_together",
        subject=f"{locked.round.docket}: {len(references)} petition{'' if len(references) == 1 else 's'} filed",
        context={
            "certified": len(last.drafts),
            "count": len(references),
            "first": references[0] if references else "",
            "last": references[-1] if references else "",
            "left": last.rows.filter(filed_at__isnull=True).count(),
            "round": locked.round.title,
            "moment": in_words(last.made_at),
            "url": page_address("bulk-sheet-certify", locked.pk),
        },
        at=at,
    )
