"""What a desk says beside its conclusion: why it does not follow the desk before, and how it answers like cases."""

from django.db import models


class MayDepart(models.Model):
    """A conclusion that may not follow the desk before; it says why, in words that are published with the decision."""

    departure = models.TextField("why it departs from the desk before", blank=True, db_default="", default="")
    adopts = models.CharField(
        "the desk whose codes and reasons it adopts", max_length=20, blank=True, db_default="", default=""
    )

    class Meta:
        abstract = True


class AnswersUnlike(models.Model):
    """A conclusion that makes like cases differ; it says what sets them apart, or why it refers the difference.

    The comparison of the consistency review decides: nothing of this is published by itself.
    """

    unlike = models.JSONField(
        default=list,
        db_default=models.Value([], models.JSONField()),
        help_text="like cases with another result, as a comparison keeps them; refers: why they are left to that",
    )

    class Meta:
        abstract = True
