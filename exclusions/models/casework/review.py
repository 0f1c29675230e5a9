"""What reviewers, lawyers, drafters, customs and the committee record.

Rows are added, never rewritten, and the database holds to it; of an assignment and a recusal only the end is entered.
"""

from datetime import date, datetime
from functools import cached_property

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery

from exclusions.models.casework.concluding import AnswersUnlike, MayDepart
from exclusions.models.guards import AppendOnly
from exclusions.models.petition import Petition
from exclusions.models.response import ScreenedQuerySet
from exclusions.models.tariff import TariffLine
from exclusions.workflow.agencies import AGENCIES, VIEWS
from exclusions.workflow.customs_grounds import LABELS

PEOPLE = settings.AUTH_USER_MODEL


class Outcome(models.TextChoices):
    """Where a recommendation or a decision points."""

    GRANT = "grant", "Grant"
    IN_PART = "in_part", "Grant in part"
    DENY = "deny", "Deny"


class Assignment(models.Model):
    """Who works a petition in which staff role."""

    petition = models.ForeignKey(Petition, on_delete=models.CASCADE, related_name="assignments")
    user = models.ForeignKey(PEOPLE, on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=20)
    assigned_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    guards = (AppendOnly(but=("ended_at",)),)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["petition", "role"], condition=Q(ended_at__isnull=True), name="assignment_one_a_role"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} on {self.petition}"


class Recusal(models.Model):
    """A staff member who has stepped back from a petition, and why."""

    petition = models.ForeignKey(Petition, on_delete=models.CASCADE, related_name="recusals")
    user = models.ForeignKey(PEOPLE, on_delete=models.PROTECT, related_name="recusals")
    reason = models.TextField()
    declared_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    guards = (AppendOnly(but=("ended_at",)),)

    def __str__(self) -> str:
        return f"{self.user} from {self.petition}"


class MayBeJoint(models.Model):
    """A row that was adopted for many cases at once names the joint act."""

    joint = models.ForeignKey("exclusions.JointAct", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        abstract = True


class Finding(MayBeJoint):
    """A reviewer's finding on one criterion; the latest of a criterion is the current one."""

    class Result(models.TextChoices):
        SUPPORTS = "supports", "Supports exclusion"
        AGAINST = "against", "Against exclusion"
        NEUTRAL = "neutral", "Neutral"
        NOT_SHOWN = "not_shown", "Not shown"

    petition = models.ForeignKey(Petition, on_delete=models.CASCADE, related_name="findings")
    criterion = models.CharField(max_length=40)
    result = models.CharField(max_length=20, choices=Result.choices)
    reasons = models.TextField("reasons (public)")
    confidential_note = models.TextField("note on confidential evidence", blank=True)
    citations = models.JSONField(default=list, help_text="answer keys, response references, document ids")
    level = models.PositiveSmallIntegerField(default=1)
    made_by = models.ForeignKey(PEOPLE, on_delete=models.PROTECT, related_name="findings")
    made_at = models.DateTimeField()

    guards = (AppendOnly(),)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reasons=""), name="finding_has_reasons")]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.get_result_display()}"


class Recommendation(AnswersUnlike, MayDepart, MayBeJoint):
    """A reviewer's overall recommendation at one level."""

    petition = models.ForeignKey(Petition, on_delete=models.CASCADE, related_name="recommendations")
    level = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    reasons = models.TextField()
    denial_codes = models.JSONField(default=list)
    made_by = models.ForeignKey(PEOPLE, on_delete=models.PROTECT, related_name="recommendations")
    made_at = models.DateTimeField()

    guards = (AppendOnly(),)

    def __str__(self) -> str:
        return f"Level {self.level}: {self.get_outcome_display()}"


class ConsistencyReview(MayBeJoint):
    """The second level 2 reviewer's comparison with like cases, before the legal decision (GAO-21-506)."""

    petition = models.ForeignKey(Petition, on_delete=models.CASCADE, related_name="consistency_reviews")
    compared_with = models.JSONField(default=list, help_text="references of the cases that were chosen to compare")
    likes = models.JSONField(
        default=list,
        db_default=models.Value([], models.JSONField()),
        help_text="the like cases as they stood, by outcome and docket: key, label, references, distinction",
    )
    reasons = models.TextField()
    made_by = models.ForeignKey(PEOPLE, on_delete=models.PROTECT, related_name="consistency_reviews")
    made_at = models.DateTimeField()

    guards = (AppendOnly(),)

    def __str__(self) -> str:
        return f"Consistency of {self.petition}"


class LegalReview(MayDepart, MayBeJoint):
    """Counsel's conclusion; one that departs from the recommendation says why."""

    petition = models.ForeignKey(Petition, on_delete=models.CASCADE, related_name="legal_reviews")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    reasons = models.TextField()
    departs = models.BooleanField("departs from the recommendation", default=False)
    denial_codes = models.JSONField(default=list)
    made_by = models.ForeignKey(PEOPLE, on_delete=models.PROTECT, related_name="legal_reviews")
    made_at = models.DateTimeField()

    guards = (AppendOnly(),)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reasons=""), name="legal_review_has_reasons")]

    def __str__(self) -> str:
        return f"Legal: {self.get_outcome_display()}"


class ProductDraftQuerySet(ScreenedQuerySet["ProductDraft"]):
    """Texts by what intake made of them."""

    author = "drafted_by"


class ProductDraftManager(models.Manager.from_queryset(ProductDraftQuerySet)["ProductDraft"]):  # type: ignore[misc]
    """Reads with each text what its gates ask."""

    def get_queryset(self) -> ProductDraftQuerySet:
        """Return the texts with `stands_from` and `is_assessed`."""
        lasting = TariffLine.objects.filter(number=OuterRef("number"), valid_to__isnull=True).order_by("valid_from")
        since = CommitteeAssessment.objects.filter(petition=OuterRef("petition"), made_at__gte=OuterRef("drafted_at"))
        asked = {"stands_from": Subquery(lasting.values("valid_from")[:1]), "is_assessed": Exists(since)}
        rows: ProductDraftQuerySet = super().get_queryset().annotate(**asked)
        return rows


class ProductDraft(MayBeJoint):
    """A version of the product text that the agency (not the petitioner) drafts.

    As it was read: from which day its number stands with no last day on file, whether the committee assessed it since.
    """

    stands_from: date | None
    is_assessed: bool
    petition = models.ForeignKey(Petition, on_delete=models.CASCADE, related_name="drafts")
    version = models.PositiveSmallIntegerField()
    text = models.TextField()
    number = models.CharField("10-digit number", max_length=10)
    whole_number = models.BooleanField(default=False)
    drafted_by = models.ForeignKey(PEOPLE, on_delete=models.PROTECT, related_name="drafts")
    drafted_at = models.DateTimeField()

    objects = ProductDraftManager()

    guards = (AppendOnly(),)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["petition", "version"], name="product_draft_version_once")]

    def __str__(self) -> str:
        return f"Draft {self.version} of {self.petition}"

    @cached_property
    def retired_by_moment(self) -> dict[datetime, list[str]]:
        """What `permissions.notices.text_gates` says of its number, by the moment: several gates of a page ask it."""
        return {}


class CustomsOpinionQuerySet(ScreenedQuerySet["CustomsOpinion"]):
    """Opinions by what intake made of them."""

    author = "given_by"


class CustomsOpinion(MayBeJoint):
    """Customs' word on one draft; customs sees the text and the number, never the petition."""

    class Result(models.TextChoices):
        NO_OBJECTION = "no_objection", "No objection"
        MISCLASSIFIED = "misclassified", "Not classified in the cited number"
        NOT_ADMINISTRABLE = "not_administrable", "Cannot be administered"

    draft = models.ForeignKey(ProductDraft, on_delete=models.PROTECT, related_name="opinions")
    result = models.CharField(max_length=20, choices=Result.choices)
    grounds = models.JSONField(
        default=list, db_default=models.Value([], models.JSONField()), help_text="codes of workflow.customs_grounds"
    )
    reasons = models.TextField(blank=True)
    given_by = models.ForeignKey(PEOPLE, on_delete=models.PROTECT, related_name="customs_opinions")
    given_at = models.DateTimeField()

    objects = CustomsOpinionQuerySet.as_manager()

    guards = (AppendOnly(),)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(result="no_objection") | ~Q(reasons=""), name="customs_objection_has_reasons"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_result_display()} ({self.draft})"

    @property
    def grounds_in_words(self) -> list[str]:
        """The coded grounds, in words."""
        return [LABELS.get(code, code) for code in self.grounds]


class CommitteeAssessment(MayDepart, MayBeJoint):
    """The interagency Section 301 Committee's assessment."""

    petition = models.ForeignKey(Petition, on_delete=models.CASCADE, related_name="assessments")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    reasons = models.TextField()
    views = models.JSONField(
        default=list,
        db_default=models.Value([], models.JSONField()),
        help_text="what each agency said, never published: agency, view, words",
    )
    made_by = models.ForeignKey(PEOPLE, on_delete=models.PROTECT, related_name="assessments")
    made_at = models.DateTimeField()

    guards = (AppendOnly(),)

    def __str__(self) -> str:
        return f"Committee: {self.get_outcome_display()}"

    @property
    def views_in_words(self) -> list[tuple[str, str, str]]:
        """Agency, view and words of each that said something, in the order of the agencies."""
        said = {row["agency"]: row for row in self.views}
        return [(name, VIEWS[said[key]["view"]], said[key]["words"]) for key, name in AGENCIES.items() if key in said]


class Contact(models.Model):
    """A talk or message about a petition outside the docket, written down (a lesson of the 232 process)."""

    petition = models.ForeignKey(Petition, on_delete=models.CASCADE, related_name="contacts")
    with_whom = models.CharField(max_length=200)
    summary = models.TextField()
    held_on = models.DateField()
    logged_by = models.ForeignKey(PEOPLE, on_delete=models.PROTECT, related_name="contacts")
    logged_at = models.DateTimeField()

    guards = (AppendOnly(),)

    def __str__(self) -> str:
        return f"{self.with_whom}, {self.held_on}"
