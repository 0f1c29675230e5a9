"""What the public sends to a docket: a response to a petition, or a comment on exclusions that a round lists.

Both are sent without an account, confirmed by a mailed link, posted or declined by intake, and withdrawn or replaced by
their author. The two tables share these columns; what each is about is its own.
"""

import uuid
from datetime import timedelta
from typing import ClassVar, Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from exclusions.models.api_token import digest_of

CONFIRM_WITHIN = timedelta(hours=72)  # how long the mailed link confirms a submission

Sent = TypeVar("Sent", bound="Submission")


class SubmissionQuerySet(models.QuerySet[Sent]):
    """Look-ups of submissions."""

    def to_post(self) -> Self:
        """Return those that their authors confirmed and that wait for intake, oldest first."""
        return self.filter(status=Submission.Status.SUBMITTED).order_by("confirmed_at", "pk")

    def of_token(self, token: str) -> Sent | None:
        """Return the submission that a secret link belongs to, or None; only a digest of the token is in the table."""
        return self.select_related(self.model.ABOUT).filter(confirmation_digest=digest_of(token)).first()


class Submission(models.Model):
    """Support or opposition; needs no account, but a confirmed e-mail address and the agency's posting."""

    class Status(models.TextChoices):
        UNCONFIRMED = "unconfirmed", "Awaiting e-mail confirmation"
        SUBMITTED = "submitted", "Submitted, not posted"
        POSTED = "posted", "Posted"
        REFUSED = "refused", "Not posted"
        WITHDRAWN = "withdrawn", "Withdrawn by its author"

    class Position(models.TextChoices):
        SUPPORT = "support", "Support"
        OPPOSE = "oppose", "Oppose"

    NOUN: ClassVar[str]  # what a sentence calls one
    ABOUT: ClassVar[str]  # the relation to what it is about, as `select_related` takes it

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=50, unique=True, null=True, blank=True)
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.UNCONFIRMED)
    position = models.CharField(max_length=10, choices=Position.choices)
    organization_name = models.CharField(max_length=300)
    email = models.EmailField()
    answers = models.JSONField(default=dict)
    confirmation_digest = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    posted_at = models.DateTimeField(null=True, blank=True)
    posted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    refusal_reason = models.TextField(blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(posted_at__isnull=True, posted_by__isnull=True)
                | Q(posted_at__isnull=False, posted_by__isnull=False),
                name="%(class)s_posted_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(status="unconfirmed") | Q(confirmed_at__isnull=False), name="%(class)s_confirmed"
            ),
            models.CheckConstraint(
                condition=Q(status="withdrawn", withdrawn_at__isnull=False)
                | (~Q(status="withdrawn") & Q(withdrawn_at__isnull=True)),
                name="%(class)s_withdrawn_at",
            ),
        ]

    def __str__(self) -> str:
        return self.reference or type(self).__name__

    @property
    def docket_reference(self) -> str:
        """The reference of what it is about: that of the petition, or the docket of the round."""
        raise NotImplementedError

    @property
    def about(self) -> dict[str, str]:
        """What it is about, as an address names it: the reference of the petition, or the slug of the round."""
        raise NotImplementedError

    @property
    def receipt(self) -> str:
        """The number that its author gets at sending. It counts nothing: nobody learns how many others there are."""
        return f"{self.docket_reference}-{self.pk.hex[:8].upper()}"

    def locked(self) -> Self:
        """Return the row as it is now, locked to the end of the transaction, with what it is about."""
        rows = type(self)._default_manager.select_for_update(of=("self",))
        return rows.select_related(self.ABOUT).get(pk=self.pk)
