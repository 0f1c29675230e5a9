"""Decisions and the letters that tell of them."""

from django.conf import settings
from django.db import models
from django.db.models import Q, Value

from exclusions.models.casework.review import MayBeJoint, Outcome
from exclusions.models.exclusion import CurrentRows, Exclusion, ExclusionTerm
from exclusions.models.guards import AppendOnly
from exclusions.models.petition import Petition
from exclusions.models.tariff import TariffAction
from exclusions.workflow.public_things import Kind, key_of


class Decision(MayBeJoint):
    """A signed determination on one petition, never changed: one that was wrong is reopened and superseded by another.

    `objects` are those that stand, one a petition; `versions` all that were ever signed.
    """

    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="decisions")
    version = models.PositiveSmallIntegerField(default=1, db_default=1)
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    rationale = models.TextField()
    denial_codes = models.JSONField(default=list)
    findings = models.JSONField(default=list, help_text="the findings as they stood: criterion, title, result, reasons")
    explanations = models.JSONField(
        default=list,
        db_default=Value([], models.JSONField()),
        help_text="departures, facts behind codes, grants against adverse findings: key, title, words, reasons",
    )
    narrowing = models.JSONField(
        default=dict,
        db_default=Value({}, models.JSONField()),
        help_text="of a grant in part: question and asked (as filed), granted, codes, proposed_by",
    )
    exclusion = models.ForeignKey(Exclusion, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="decisions")
    signed_at = models.DateTimeField()

    objects = CurrentRows()
    versions = models.Manager()

    guards = (AppendOnly(),)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["petition", "version"], name="decision_version_once"),
            models.CheckConstraint(
                condition=Q(version=1, supersedes__isnull=True) | Q(version__gt=1, supersedes__isnull=False),
                name="decision_supersedes_but_the_first",
            ),
            models.CheckConstraint(condition=~Q(rationale=""), name="decision_has_rationale"),
            models.CheckConstraint(
                condition=Q(outcome__in=["grant", "in_part"], exclusion__isnull=False)
                | Q(outcome="deny", exclusion__isnull=True),
                name="decision_grant_has_exclusion",
            ),
            models.CheckConstraint(
                condition=(Q(outcome="in_part") & ~Q(narrowing={})) | (~Q(outcome="in_part") & Q(narrowing={})),
                name="decision_in_part_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.petition}: {self.get_outcome_display()}"

    @property
    def mark(self) -> tuple[int, ...]:
        """What is added to the key of a public thing of this decision: nothing for the first one of a petition."""
        return () if self.version == 1 else (self.version,)

    @property
    def thing(self) -> str:
        """The key of its rationale as a public thing."""
        return key_of(Kind.RATIONALE, *self.mark)


class Reopening(models.Model):
    """Why a signed decision was reopened: counsel and the signatory agreed to it. Everybody reads the reason."""

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="reopening")
    reason = models.CharField(max_length=1000)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reopened_at = models.DateTimeField()

    guards = (AppendOnly(),)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="reopening_has_reason"),
            models.CheckConstraint(condition=~Q(proposed_by=models.F("confirmed_by")), name="reopening_by_two_persons"),
        ]

    def __str__(self) -> str:
        return f"{self.decision}, reopened"


class Letter(models.Model):
    """A letter as issued, never changed: the PDF's hash and the code by which anyone may verify it.

    Of one that workers set afterwards, hash and file are added then. One that was wrong is superseded by another, which
    names it and says why.
    """

    class Kind(models.TextChoices):
        RECEIPT = "receipt", "Receipt"
        RETURNED = "returned", "Returned for correction"
        LAPSED = "lapsed", "Lapsed, not corrected in time"
        WITHDRAWAL = "withdrawal", "Withdrawal confirmed"
        INCOMPLETE = "incomplete", "Not considered: incomplete"
        COVERED = "covered", "Covered by an existing exclusion"
        DUPLICATE = "duplicate", "Duplicate of an earlier petition"
        DENIAL = "denial", "Denial"
        GRANT = "grant", "Grant"
        IN_PART = "in_part", "Grant in part"
        POSTED = "posted", "Posted to the docket"
        RESPONSE = "response", "Response received"
        PUBLICATION = "publication", "Exclusion published"
        CORRECTION = "correction", "Correction of what was published"
        EXPIRY = "expiry", "Exclusion about to expire"

    # Of these one stands a decision; they repeat its words.
    OF_DECISION = (Kind.DENIAL, Kind.GRANT, Kind.IN_PART)

    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="letters")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    code = models.CharField("verification code", max_length=20, unique=True)
    sha256 = models.CharField(  # noqa: DJ001  # the guard holds as soon as it is not NULL
        max_length=64, null=True, blank=True, help_text="none: the page is still to be set"
    )
    storage_key = models.CharField(max_length=200, blank=True)
    issued_at = models.DateTimeField()
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    reason = models.CharField("why it supersedes it", max_length=1000, blank=True, db_default="", default="")
    about = models.CharField(
        max_length=60, blank=True, db_default="", default="", help_text="which one of several: a response, a term"
    )
    template = models.CharField(
        max_length=40, blank=True, db_default="", default="", help_text="by which version of its template it was set"
    )

    guards = (AppendOnly(once="sha256"),)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(supersedes__isnull=True, reason="") | (Q(supersedes__isnull=False) & ~Q(reason="")),
                name="letter_supersedes_with_reason",
            ),
            models.UniqueConstraint(
                fields=["petition", "kind", "about"],
                condition=~Q(about="") & Q(supersedes__isnull=True),
                name="letter_once_about_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.code}"


class PendingLetter(models.Model):
    """What a letter that was issued is set from later: public facts, no address. It goes once that is done."""

    letter = models.OneToOneField(Letter, on_delete=models.PROTECT, related_name="pending")
    facts = models.JSONField(default=dict)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.letter}, to be set"


class ListHeading(models.Model):
    """A chapter 99 heading that two persons confirmed for a list, before any exclusion was under it."""

    action = models.ForeignKey(TariffAction, on_delete=models.PROTECT, related_name="+")
    heading = models.CharField(max_length=8, unique=True)
    note = models.CharField("U.S. note subdivision", max_length=20)
    confirmed_at = models.DateTimeField()

    guards = (AppendOnly(),)

    def __str__(self) -> str:
        return f"{self.action}: {self.heading}"


class FederalNotice(models.Model):
    """A Federal Register notice as it was entered; of it only the day in ACE, and that it was taken back, are added."""

    action = models.ForeignKey(
        TariffAction, on_delete=models.PROTECT, null=True, blank=True, related_name="+", help_text="none: of several"
    )
    citation = models.CharField(max_length=100)
    published_on = models.DateField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    in_ace_on = models.DateField("accepted in ACE from", null=True, blank=True)
    undone_at = models.DateTimeField("taken back", null=True, blank=True)

    guards = (AppendOnly(but=("in_ace_on", "undone_at")),)

    def __str__(self) -> str:
        return f"{self.citation} ({self.action or 'several lists'})"


class NoticeCase(models.Model):
    """A case of a notice, and the term that the notice wrote; none where the exclusion applied already."""

    notice = models.ForeignKey(FederalNotice, on_delete=models.PROTECT, related_name="cases")
    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="notice_cases")
    term = models.ForeignKey(ExclusionTerm, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    guards = (AppendOnly(),)

    def __str__(self) -> str:
        return f"{self.petition} in {self.notice}"
