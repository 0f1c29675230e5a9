"""Bulk sheets: many petitions of one requester in one round, prepared as rows of a table until they become drafts.

All of it is confidential: what a row holds is read by those alone who may work on the drafts that it becomes.
"""

import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from exclusions.models.importer.bulk_certificate import BulkCertificate
from exclusions.models.organization import Organization
from exclusions.models.petition import Petition, worked_on_by
from exclusions.models.round import Round
from exclusions.workflow.states import Status

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from exclusions.models.user import User

AT_WORK = ("reading", "checking", "drafting", "proving", "filing")
KEPT = timedelta(days=30)  # after the last of its rows was filed, or the window closed


class BulkSheetQuerySet(models.QuerySet["BulkSheet"]):
    """Look-ups of sheets by who asks and by what is to be done."""

    def owned_by(self, user: "User | AnonymousUser", at: datetime) -> Self:
        """Return the sheets of a person, who is no staff: those whose drafts the person could work on at a moment."""
        if not user.is_authenticated or user.role:
            return self.none()
        return self.filter(worked_on_by(user, at))

    def at_work(self) -> Self:
        """Return the sheets whose rows or documents wait to be checked, to become drafts, or to be filed."""
        return self.filter(state__in=AT_WORK)

    def kept_long_enough(self, at: datetime) -> Self:
        """Return the sheets that are deleted by now: those with whose rows nothing more can be done for thirty days.

        While the window is open a row may still become a draft, and a draft be certified.
        """
        left = BulkRow.objects.filter(sheet=OuterRef("pk")).exclude(filed_at__lte=at - KEPT)
        rows = self.filter(Q(round__closes_at__lte=at - KEPT) | (Q(last_draft_at__isnull=False) & ~Exists(left)))
        return rows.exclude(state__in=AT_WORK)


class BulkSheet(models.Model):
    """One sheet: the company's part, answered once, and what is known of its rows."""

    class State(models.TextChoices):
        OPEN = "open", "No rows yet"
        READING = "reading", "Documents being read"
        CHECKING = "checking", "Being checked"
        CHECKED = "checked", "Checked"
        DRAFTING = "drafting", "Drafts being made"
        PROVING = "proving", "Drafts being checked"
        FILING = "filing", "Petitions being filed"

    class Wanted(models.TextChoices):
        VALID = "valid", "Rows without errors"
        ALL = "all", "All rows"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    filer_organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    company = models.JSONField(default=dict, blank=True, help_text="the answers that are given once for all rows")
    headings = models.JSONField(default=list, blank=True, help_text="in the filer's own order")
    remarks = models.JSONField(default=list, blank=True, help_text="sentences about the table as a whole")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    revision = models.PositiveIntegerField(
        default=0, help_text="grows with each table, each company's part, each check of the drafts"
    )
    is_dry_run = models.BooleanField(
        "checked alone", default=False, db_default=False, help_text="its rows never become drafts"
    )
    wanted = models.CharField(max_length=10, choices=Wanted.choices, blank=True, help_text="which rows become drafts")
    wanted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    stopped = models.JSONField(default=list, blank=True, help_text="why no more drafts could be made")
    leased_until = models.DateTimeField(null=True, blank=True, help_text="until then someone is at work on its rows")
    last_draft_at = models.DateTimeField(null=True, blank=True)

    objects = BulkSheetQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="drafting") | (Q(wanted_by__isnull=False) & ~Q(wanted="")),
                name="bulk_sheet_drafting_is_wanted",
            ),
        ]

    def __str__(self) -> str:
        return f"Bulk sheet of {self.organization}"

    @property
    def is_at_work(self) -> bool:
        """Whether its rows wait for something to be done with them."""
        return self.state in AT_WORK

    def draft(self) -> Petition:
        """Return a petition as each row becomes one, which is on no record: what a form's checks are asked about."""
        return Petition(
            round=self.round,
            organization=self.organization,
            filer_organization=self.filer_organization,
            filed_by=self.made_by,
        )


class BulkRowQuerySet(models.QuerySet["BulkRow"]):
    """Look-ups of rows by how far they are."""

    def drafts(self) -> Self:
        """Return the rows whose drafts are not filed."""
        return self.filter(petition__status=Status.DRAFT)

    def proved(self, stamp: str) -> Self:
        """Return those whose drafts were checked as they are now, by what `stamp` names: the tariff and the round."""
        return self.drafts().filter(proved_revision=F("petition__revision"), proof_stamp=stamp)

    def ready(self, stamp: str) -> Self:
        """Return those whose drafts may be certified: the check of them as they are now found no errors."""
        return self.proved(stamp).filter(passed=True)

    def to_file(self) -> Self:
        """Return the rows that are certified and neither filed nor left out."""
        return self.filter(certificate__isnull=False, filed_at__isnull=True, left_out=[])


class BulkRow(models.Model):
    """One row of a sheet as it was typed, what is wrong with it, and the draft that it became, once.

    `proved_revision`, `proof_stamp` and `proof_digest` say of which draft, tariff and round the check `passed`;
    `problems` what it found. A certified row is `filed_at` a moment, or `left_out` with the reasons.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waits to be checked"
        VALID = "valid", "No errors"
        WRONG = "wrong", "Has errors"

    sheet = models.ForeignKey(BulkSheet, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(help_text="its line in the table, counted from 1")
    cells = models.JSONField(default=list, help_text="texts, in the order of the sheet's headings")
    tables = models.JSONField(default=dict, blank=True, help_text="answers of many rows, {key: [{column: text}]}")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    faults = models.JSONField(default=list, blank=True)
    name_key = models.CharField(max_length=64, blank=True, default="", help_text="of its number and product's name")
    like_line = models.PositiveIntegerField(
        null=True, blank=True, help_text="of the row that it may be one petition with"
    )
    repeats = models.JSONField(default=list, blank=True, help_text="sentences: what is on file of the same product")
    petition = models.OneToOneField(Petition, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    drafted_at = models.DateTimeField(null=True, blank=True, help_text="stays when the draft is deleted")
    proved_revision = models.PositiveIntegerField(null=True, blank=True)
    proof_stamp = models.CharField(max_length=80, blank=True)
    proof_digest = models.CharField(max_length=64, blank=True)
    passed = models.BooleanField(default=False)
    problems = models.JSONField(default=list, blank=True, help_text="sentences")
    certificate = models.ForeignKey(
        BulkCertificate, on_delete=models.PROTECT, null=True, blank=True, related_name="rows"
    )
    filed_at = models.DateTimeField(null=True, blank=True)
    left_out = models.JSONField(default=list, blank=True, help_text="sentences: why it was certified and not filed")

    TYPED = ("cells", "tables", "faults", "repeats")  # much, and of no use once the row is a draft

    objects = BulkRowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "number"], name="bulk_row_number_once"),
            models.CheckConstraint(
                condition=Q(petition__isnull=True) | Q(drafted_at__isnull=False), name="bulk_row_draft_has_moment"
            ),
            models.CheckConstraint(
                condition=Q(filed_at__isnull=True) | Q(certificate__isnull=False), name="bulk_row_filed_is_certified"
            ),
        ]
        indexes = [
            models.Index(fields=["sheet", "state", "number"], name="bulk_row_by_state"),
            models.Index(fields=["sheet", "name_key"], name="bulk_row_by_name"),
            models.Index(fields=["sheet", "like_line"], name="bulk_row_by_like"),
        ]

    def __str__(self) -> str:
        return f"Row {self.number}"
