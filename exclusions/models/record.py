"""The record: events in a hash chain, the access log, the outbox and the number sequences."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from exclusions.models.guards import AppendOnly
from exclusions.workflow.event_words import event_words


class Event(models.Model):
    """One thing that happened, chained by hash within its subject. The database refuses changes to it."""

    subject = models.CharField(max_length=60, help_text="what the chain is about: “petition:” and its id, for example")
    sequence = models.PositiveIntegerField()
    kind = models.CharField(max_length=40)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="events"
    )
    role = models.CharField(max_length=20, blank=True)
    from_status = models.CharField(max_length=20, blank=True)
    to_status = models.CharField(max_length=20, blank=True)
    reason = models.TextField(blank=True)
    data = models.JSONField(default=dict, help_text="keys and references only, never confidential values")
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    guards = (AppendOnly(),)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "sequence"], name="event_sequence_once")]

    def __str__(self) -> str:
        return f"{self.subject} {self.sequence} {self.kind}"

    @property
    def description(self) -> str:
        """What happened, in the words that people read."""
        of_person = self.kind == "remove" and self.subject.startswith("organization:")  # as earlier versions wrote it
        return event_words("take_out" if of_person else self.kind)

    def digest(self) -> str:
        """Return the sha256 (hex) over the event's content and the hash before it, as canonical JSON."""
        return event_digest({name: getattr(self, name) for name in DIGESTED})


class SubjectOf(models.Func):
    """The name of a petition's chain, made by the database of the column of its key."""

    template = "'petition:' || CAST(%(expressions)s AS text)"
    output_field = models.CharField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """Return the same on SQLite, which keeps a key without hyphens."""
        groups = ("1, 8", "9, 4", "13, 4", "17, 4", "21, 12")
        key = " || '-' || ".join(f"substr(%(expressions)s, {place})" for place in groups)
        return self.as_sql(compiler, connection, template=f"('petition:' || {key})", **extra)


DIGESTED = (
    *("subject", "sequence", "kind", "at", "by_id", "role"),
    *("from_status", "to_status", "reason", "data", "previous_hash"),
)


def event_digest(values: Mapping[str, Any]) -> str:
    """Return the digest of an event that has these values, by the names of its columns."""
    content = {
        "subject": values["subject"],
        "sequence": values["sequence"],
        "kind": values["kind"],
        "at": values["at"].astimezone(UTC).isoformat(timespec="microseconds"),
        "by": values["by_id"],
        "role": values["role"],
        "from": values["from_status"],
        "to": values["to_status"],
        "reason": values["reason"],
        "data": values["data"],
        "previous": values["previous_hash"],
    }
    return hashlib.sha256(_CANONICAL.encode(content).encode()).hexdigest()


_CANONICAL = json.JSONEncoder(sort_keys=True, ensure_ascii=False)


class Seal(models.Model):
    """The digest of one row as a transaction left it. All seals are one chain, so that none can be put in or left out.

    `exclusions.models.seals` writes and reads them; its docstring says what a digest is made of.
    """

    id = models.BigIntegerField(primary_key=True, help_text="counts from 1 without a gap")
    of_table = models.CharField(max_length=63)
    of_row = models.CharField(max_length=40, help_text="its key")
    digest = models.CharField(max_length=64, blank=True, help_text="empty: the row is no more")
    shape = models.CharField(max_length=16, help_text="stands for the columns that the digest is over")
    why = models.CharField(max_length=20, blank=True, help_text="“migration” where no transaction of the product wrote")
    hash = models.CharField(max_length=64)

    guards = (AppendOnly(),)

    class Meta:
        indexes = [models.Index(fields=["of_table", "of_row", "-id"], name="seal_of_row")]

    def __str__(self) -> str:
        return f"Seal {self.pk}"


class AccessLog(models.Model):
    """Who read confidential matter, in which role, and when."""

    subject = models.CharField(max_length=60, db_index=True)
    what = models.CharField(max_length=100)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="accesses")
    role = models.CharField(max_length=20)
    at = models.DateTimeField()

    guards = (AppendOnly(),)

    class Meta:
        verbose_name, verbose_name_plural = "reading of confidential matter", "readings of confidential matter"

    def __str__(self) -> str:
        return f"{self.by} read {self.what}"


class Notification(models.Model):
    """A message in the outbox, written in the transaction that it tells of and sent afterwards."""

    to = models.EmailField()
    template = models.CharField(max_length=40, help_text="the name of a text in templates/email/, without .txt")
    subject = models.CharField(max_length=200)
    context = models.JSONField(default=dict, help_text="public facts only")
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True)
    request_id = models.CharField(
        max_length=36, blank=True, default="", db_default="", help_text="the number of the request that caused it"
    )

    class Meta:
        verbose_name, verbose_name_plural = "message", "messages to people"
        indexes = [models.Index(fields=["created_at"], condition=Q(sent_at__isnull=True), name="notification_unsent")]

    def __str__(self) -> str:
        return f"{self.template} to {self.to}"


class Reminder(models.Model):
    """One reminder of one deadline: written in the transaction that puts the message into the outbox.

    It goes with its petition where that is a draft that its owners delete.
    """

    class Kind(models.TextChoices):
        WINDOW = "window", "The filing window closes"
        CURE = "cure", "A returned petition lapses"
        REPLY = "reply", "The period to reply ends"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    petition = models.ForeignKey("exclusions.Petition", on_delete=models.CASCADE, related_name="+")
    due_at = models.DateTimeField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "petition", "due_at"], name="reminder_once")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.petition}"


class ReferenceSequence(models.Model):
    """The last number given out in a docket."""

    docket = models.CharField(max_length=20, unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.docket}: {self.last}"
