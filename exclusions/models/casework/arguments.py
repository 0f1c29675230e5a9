"""What the texts of a case argue, as people marked it, and what answers each argument against the result.

(GAO-21-506 found decisions that left what was argued unanswered.) A place is counted in characters of the text as it
stood, of which the hash is kept: when that text is corrected, what was marked in it stands no longer.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from exclusions.models.casework.review import MayBeJoint
from exclusions.models.guards import AppendOnly
from exclusions.models.petition import Petition
from exclusions.models.standing_answers import StandingAnswer

PEOPLE = settings.AUTH_USER_MODEL


class TextMark(MayBeJoint):
    """A statement on one text of a case: its arguments are marked, or there are none. The latest of a text counts."""

    petition = models.ForeignKey(Petition, on_delete=models.CASCADE, related_name="text_marks")
    citation = models.CharField(max_length=140, help_text="the text, as findings cite it")
    sha256 = models.CharField("SHA-256 of the text", max_length=64)
    has_none = models.BooleanField("it argues nothing", default=False)
    made_by = models.ForeignKey(PEOPLE, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    guards = (AppendOnly(),)

    def __str__(self) -> str:
        return f"{self.citation} of {self.petition}"


class Argument(MayBeJoint):
    """An argument: where it stands in its text, its words, the factor that it is about, and whom it helps.

    One that was left out later stays on record with its end.
    """

    class Side(models.TextChoices):
        FOR = "for", "For an exclusion"
        AGAINST = "against", "Against an exclusion"

    petition = models.ForeignKey(Petition, on_delete=models.CASCADE, related_name="arguments")
    citation = models.CharField(max_length=140)
    sha256 = models.CharField("SHA-256 of the text", max_length=64)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    words = models.TextField()
    criterion = models.CharField(max_length=40, blank=True, help_text="empty: beside the criteria")
    side = models.CharField(max_length=10, choices=Side.choices)
    made_by = models.ForeignKey(PEOPLE, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    left_out_at = models.DateTimeField(null=True, blank=True)
    left_out_by = models.ForeignKey(PEOPLE, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    guards = (AppendOnly(but=("left_out_at", "left_out_by_id")),)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")) & ~Q(words=""), name="argument_has_words"),
            models.CheckConstraint(
                condition=Q(left_out_at__isnull=True, left_out_by__isnull=True)
                | Q(left_out_at__isnull=False, left_out_by__isnull=False),
                name="argument_left_out_by_and_at",
            ),
            models.UniqueConstraint(
                fields=["petition", "citation", "start"],
                condition=Q(left_out_at__isnull=True),
                name="argument_once_a_place",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_side_display()}, {self.citation} of {self.petition}"


class ArgumentAnswer(MayBeJoint):
    """What answers an argument instead of the finding of its criterion; the latest of an argument counts."""

    class Kind(models.TextChoices):
        FINDING = "finding", "The finding of its criterion"
        STANDING = "standing", "A standing answer"
        BESIDE = "beside", "Beside the criteria"

    argument = models.ForeignKey(Argument, on_delete=models.PROTECT, related_name="answers")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    standing = models.ForeignKey(StandingAnswer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.TextField("why it is beside the criteria", blank=True, default="")
    made_by = models.ForeignKey(PEOPLE, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    guards = (AppendOnly(),)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="finding", standing__isnull=True, reason="")
                | Q(kind="standing", standing__isnull=False, reason="")
                | (Q(kind="beside", standing__isnull=True) & ~Q(reason="")),
                name="argument_answer_says_what",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.argument}"
