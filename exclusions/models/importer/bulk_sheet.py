"""Bulk sheets: many petitions of one requester in one round, prepared as rows of a table until they become drafts.

All of it is confidential: what a row holds is read by those alone who may work on the drafts that it becomes.
"""

import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from exclusions.models.organization import Organization
from exclusions.models.petition import Petition, worked_on_by
from exclusions.models.round import Round

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from exclusions.models.user import User

AT_WORK = ("checking", "drafting")
KEPT = timedelta(days=30)  # after the last of its rows became a draft


class BulkSheetQuerySet(models.QuerySet["BulkSheet"]):
    """Look-ups of sheets by who asks and by what is to be done."""

    def owned_by(self, user: "User | AnonymousUser", at: datetime) -> Self:
        """Return the sheets of a person, who is no staff: those whose drafts the person could work on at a moment."""
        if not user.is_authenticated or user.role:
            return self.none()
        return self.filter(worked_on_by(user, at))

    def at_work(self) -> Self:
        """Return the sheets whose rows wait to be checked, or to become drafts."""
        return self.filter(state__in=AT_WORK)

    def kept_long_enough(self, at: datetime) -> Self:
        """Return the sheets that are deleted by now, since the last of their rows became a draft long ago."""
        return self.filter(last_draft_at__lte=at - KEPT).exclude(state=BulkSheet.State.DRAFTING)


class BulkSheet(models.Model):
    """One sheet: the company's part, answered once, and what is known of its rows."""

    class State(models.TextChoices):
        OPEN = "open", "No rows yet"
        CHECKING = "checking", "Being checked"
        CHECKED = "checked", "Checked"
        DRAFTING = "drafting", "Drafts being made"

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
    revision = models.PositiveIntegerField(default=0, help_text="grows with each table and each company's part")
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
        """Whether its rows wait to be checked, or to become drafts."""
        return self.state in AT_WORK

    def draft(self) -> Petition:
        """Return a petition as each row becomes one, which is on no record: what a form's checks are asked about."""
        return Petition(
            round=self.round,
            organization=self.organization,
            filer_organization=self.filer_organization,
            filed_by=self.made_by,
        )


class BulkRow(models.Model):
    """One row of a sheet as it was typed, what is wrong with it, and the draft that it became, once."""

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
    petition = models.OneToOneField(Petition, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    drafted_at = models.DateTimeField(null=True, blank=True, help_text="stays when the draft is deleted")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "number"], name="bulk_row_number_once"),
            models.CheckConstraint(
                condition=Q(petition__isnull=True) | Q(drafted_at__isnull=False), name="bulk_row_draft_has_moment"
            ),
        ]
        indexes = [models.Index(fields=["sheet", "state", "number"], name="bulk_row_by_state")]

    def __str__(self) -> str:
        return f"Row {self.number}"
