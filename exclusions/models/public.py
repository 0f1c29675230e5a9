"""The public side: copies filled by an allow-list. No column here can hold confidential matter.

No foreign key leads into the private tables: a case is joined by its reference, so that no relation reaches further.
"""

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Now

from exclusions.gateways.database.words import holding, of_kinds
from exclusions.goods.asked import read_asked
from exclusions.hts import range_of
from exclusions.models.exclusion import Exclusion
from exclusions.models.guards import AppendOnly, SearchIndex
from exclusions.models.round import Round
from exclusions.workflow.outcomes import decided_as
from exclusions.workflow.public_things import Ground
from exclusions.workflow.states import Stage

# The words that a search looks in, in this order. PostgreSQL keeps them beside the row (migration docket_lists): a
# common word is found by walking the list's own order, and no word is cut anew for each row that is passed.
SEARCHED = ("reference", "organization_name", "product_name", "search_text")
KEPT_WORDS = "exclusions_publicpetition.words"
SEARCH_INDEX = "exclusions_docketsearch"
# What the index of the words holds beside them on PostgreSQL (migration words_of_a_kind), where both are met at once.
KINDS = ("stage", "docket")
KEPT_KINDS = "ARRAY[exclusions_publicpetition.stage::text, exclusions_publicpetition.docket::text]"

LAYOUT = 5  # of public copies: raise it where `actions.record.publication` writes them otherwise


class PublicPetitionQuerySet(models.QuerySet[Any]):
    """Look-ups in the docket."""

    def matching(self, words: str, **kinds: str) -> Self:
        """Return the petitions in which all that was typed is found: words (stemmed), numbers, or a reference.

        A number, dotted or plain, finds the petitions on it or below it; a plain one is a word too. The beginning of a
        reference finds its petitions. Neither word nor number finds none; an empty text leaves all. `kinds`: of KINDS.
        """
        asked = read_asked(words)
        if asked.reference:
            following = asked.reference[:-1] + chr(ord(asked.reference[-1]) + 1)
            return self.filter(reference__gte=asked.reference, reference__lt=following, **kinds)
        if asked.is_empty:
            return self.none() if asked.text else self.filter(**kinds)
        rows = self.filter(_worded(asked.words) & of_kinds(kinds, KEPT_KINDS)) if asked.words else self.filter(**kinds)
        for number in asked.numbers:
            first, after = range_of(number)
            on_number = Q(hts10__gte=first, hts10__lt=after)
            rows = rows.filter(on_number if number not in asked.text else on_number | _worded([number]))
        return rows


def _worded(words: Sequence[str]) -> Q:
    return holding(words, SEARCHED, SEARCH_INDEX, kept=KEPT_WORDS)


class DocketVersion(models.Model):
    """One row whose number grows with each change of the public tables; what is cached of them carries it."""

    number = models.PositiveBigIntegerField(default=0)
    changed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.number)

    @classmethod
    def current(cls) -> int:
        """Return the number of the last committed change."""
        return cls.objects.filter(pk=1).values_list("number", flat=True).first() or 0

    @classmethod
    def advance(cls) -> None:
        """Count a change; call it in the transaction that makes it."""
        if not cls.objects.filter(pk=1).update(number=F("number") + 1, changed_at=Now()):
            cls.objects.get_or_create(pk=1, defaults={"number": 1})


class PublicPetition(models.Model):
    """A posted petition as the docket shows it; also the historical petitions loaded from docket spreadsheets."""

    reference = models.CharField(max_length=40, unique=True)
    docket = models.CharField(max_length=20, db_index=True)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, null=True, blank=True, related_name="public_petitions")
    organization_name = models.CharField(max_length=300)
    filer_name = models.CharField(max_length=300, blank=True)
    hts10 = models.CharField(max_length=10)
    product_name = models.CharField(max_length=300)
    stage = models.CharField(max_length=10, choices=Stage.choices)
    move = models.CharField("whose move it is", max_length=80, blank=True)
    posted_on = models.DateField(null=True, blank=True)
    response_closes_at = models.DateTimeField(null=True, blank=True)
    reply_closes_at = models.DateTimeField(null=True, blank=True)
    answers = models.JSONField(default=list, help_text="the public version: step, key, label, value")
    search_text = models.TextField(blank=True)
    support_count = models.PositiveIntegerField(default=0)
    oppose_count = models.PositiveIntegerField(default=0)
    decided_on = models.DateField(null=True, blank=True)
    rationale = models.TextField(blank=True)
    denial_codes = models.JSONField(default=list)
    findings = models.JSONField(default=list, help_text="criterion, title, result, reasons")
    explanations = models.JSONField(
        default=list, db_default=Value([], models.JSONField()), help_text="key, title, words, reasons"
    )
    narrowing = models.JSONField(
        default=dict,
        db_default=Value({}, models.JSONField()),
        help_text="granted in part: asked, granted, reasons, proposed_by",
    )
    exclusion = models.ForeignKey(
        Exclusion, on_delete=models.PROTECT, null=True, blank=True, related_name="public_petitions"
    )
    exclusion_confidence = models.CharField(
        max_length=10,
        blank=True,
        default="",
        db_default="",
        help_text="of a link found by comparing; empty: decided here",
    )
    closing = models.JSONField(
        default=dict, db_default=Value({}, models.JSONField()), help_text="closed without its merits: on, facts"
    )
    former_decisions = models.JSONField(
        default=list, db_default=[], help_text="decisions that were reopened, newest first, with the reason"
    )
    supplements = models.JSONField(
        default=list, db_default=Value([], models.JSONField()), help_text="added since the decision: on, words, reasons"
    )
    questions = models.JSONField(
        default=list,
        db_default=Value([], models.JSONField()),
        help_text="of the agency to the filer: number, question, asked_on, until, state, ended_on, answer",
    )
    historical = models.BooleanField(default=False, help_text="loaded from a docket spreadsheet")
    taken_down = models.JSONField(default=list, help_text="things in quarantine: what, reference, label, on, ground")
    updated_at = models.DateTimeField()
    layout = models.PositiveSmallIntegerField(
        default=1, db_default=1, help_text="of the copy; one of an earlier layout is written anew by migrate"
    )

    objects = PublicPetitionQuerySet.as_manager()
    guards = (SearchIndex(SEARCH_INDEX, SEARCHED),)

    class Meta:
        indexes = [
            models.Index(fields=["-posted_on", "-reference"], name="public_petition_newest"),
            # With the kind of each: a list of numbers is counted, and put in order, without a look at the table.
            models.Index(fields=["hts10", "-posted_on", "-reference"], include=KINDS, name="public_petition_number"),
            models.Index(fields=["stage", "-posted_on", "-reference"], name="public_petition_stage"),
            models.Index(fields=["docket", "-posted_on", "-reference"], name="public_petition_docket"),
            models.Index(fields=["docket", "stage", "-posted_on", "-reference"], name="public_petition_kind"),
            models.Index(fields=["-decided_on", "-reference"], name="public_petition_decided"),
            models.Index(fields=["organization_name", "reference"], name="public_petition_organization"),
            models.Index(fields=["-updated_at", "-reference"], name="public_petition_updated"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def outcome(self) -> str:
        """What was decided, as `Outcome` names it; "" before that."""
        return decided_as(self.stage, is_decided=bool(self.decided_on), in_part=bool(self.narrowing))


class PublicResponse(models.Model):
    """A posted response with the requester's reply, where there is one."""

    reference = models.CharField(max_length=50, unique=True)
    petition = models.ForeignKey(PublicPetition, on_delete=models.CASCADE, related_name="responses")
    organization_name = models.CharField(max_length=300)
    position = models.CharField(max_length=10, choices=[("support", "Support"), ("oppose", "Oppose")])
    answers = models.JSONField(default=list)
    posted_at = models.DateTimeField()
    reply_closes_at = models.DateTimeField(null=True, blank=True)
    reply_answers = models.JSONField(default=list)
    replied_at = models.DateTimeField(null=True, blank=True)
    layout = models.PositiveSmallIntegerField(
        default=1, db_default=1, help_text="of the copy; one of an earlier layout is written anew by migrate"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(replied_at__isnull=False) | Q(reply_answers=[]), name="public_reply_has_moment"
            )
        ]

    def __str__(self) -> str:
        return self.reference


class PublicDocument(models.Model):
    """A public file of a posted petition or response."""

    petition = models.ForeignKey(PublicPetition, on_delete=models.CASCADE, related_name="documents")
    response = models.ForeignKey(
        PublicResponse, on_delete=models.CASCADE, null=True, blank=True, related_name="documents"
    )
    key = models.UUIDField(unique=True)
    file_name = models.CharField(max_length=150)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    storage_key = models.CharField(max_length=200)
    scan = models.CharField(max_length=20)
    thumbnail_key = models.CharField("key of the small picture", max_length=200, blank=True, default="", db_default="")
    thumbnail_width = models.PositiveSmallIntegerField(null=True, blank=True, help_text="pixels")
    thumbnail_height = models.PositiveSmallIntegerField(null=True, blank=True, help_text="pixels")

    def __str__(self) -> str:
        return self.file_name


class Tombstone(models.Model):
    """What is left of a petition or a public file that was taken down: that it was there, and since when it is not."""

    reference = models.CharField("reference of the petition", max_length=40, db_index=True)
    key = models.UUIDField("key of the file", null=True, blank=True, unique=True, help_text="none: the petition itself")
    taken_down_at = models.DateTimeField()
    ground = models.CharField(max_length=20, choices=Ground.choices, blank=True, default="", db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reference"], condition=Q(key__isnull=True), name="tombstone_one_a_petition"
            )
        ]

    def __str__(self) -> str:
        return self.reference


class Anchor(models.Model):
    """The digest of a day over all that was recorded until then. Whoever copied it sees when history is rewritten."""

    day = models.DateField(unique=True, help_text="in New York")
    made_at = models.DateTimeField()
    seal = models.BigIntegerField(help_text="number of the last seal")
    seal_hash = models.CharField(max_length=64, blank=True)
    chains = models.PositiveIntegerField(help_text="how many chains of events grew since the anchor before")
    previous = models.CharField("digest of the anchor before", max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    guards = (AppendOnly(),)

    def __str__(self) -> str:
        return f"{self.day} {self.digest}"


def heads_digest(heads: Sequence[tuple[str, int, str]]) -> str:
    """Return the sha256 (hex) over the heads of chains: subject, sequence and hash of the last event of each."""
    return hashlib.sha256(json.dumps([list(head) for head in heads]).encode()).hexdigest()


def anchor_digest(*, previous: str, day: date, seal: int, seal_hash: str, heads: str) -> str:
    """Return the digest (sha256, hex) of an anchor; `heads` is what `heads_digest` gives."""
    return hashlib.sha256(json.dumps([previous, day.isoformat(), seal, seal_hash, heads]).encode()).hexdigest()


class PublicDownload(models.Model):
    """One fetch of a public file: when, and by whom where the person was signed in. Page reads are not logged."""

    reference = models.CharField("reference of the petition", max_length=40, db_index=True)
    key = models.UUIDField("key of the file")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.reference} {self.key}"


class PublicLetter(models.Model):
    """What anyone may verify of a letter: that it was issued, for which petition, when, and the hash of its file."""

    code = models.CharField("verification code", max_length=20, unique=True)
    reference = models.CharField(max_length=40, blank=True)
    kind = models.CharField("kind, in words", max_length=40)
    issued_at = models.DateTimeField()
    sha256 = models.CharField(max_length=64)
    taken_down_at = models.DateTimeField(null=True, blank=True)
    ground = models.CharField(max_length=20, choices=Ground.choices, blank=True, default="", db_default="")
    head = models.CharField("head of the case, as printed", max_length=80, blank=True, db_default="", default="")
    anchor = models.CharField("digest of the record, as printed", max_length=64, blank=True, db_default="", default="")
    supersedes = models.CharField("code of the one before", max_length=20, blank=True, db_default="", default="")
    superseded_by = models.CharField("code of the next one", max_length=20, blank=True, db_default="", default="")
    superseded_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField("why it supersedes it", max_length=1000, blank=True, db_default="", default="")

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"
