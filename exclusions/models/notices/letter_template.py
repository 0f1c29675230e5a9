"""Templates of letters as staff write them: a version is a row, and what one said stays."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from exclusions.models.casework.decision import Letter
from exclusions.models.guards import AppendOnly


class LetterTemplate(models.Model):
    """One version of the template of a kind of letter; of it only the day from which it is used is added.

    Until one is in force, the shipped one is used. A letter names the version that it was set by, and keeps its words.
    """

    kind = models.CharField(max_length=20, choices=Letter.Kind.choices)
    number = models.PositiveIntegerField()
    text = models.TextField(help_text="in the language of `exclusions.wording.letters`")
    why = models.CharField("why it differs", max_length=1000)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    in_force_at = models.DateTimeField("in force from", null=True, blank=True)

    guards = (AppendOnly(but=("in_force_at",)),)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "number"], name="letter_template_once"),
            models.CheckConstraint(condition=~Q(text="") & ~Q(why=""), name="letter_template_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, version {self.number}"

    @property
    def name(self) -> str:
        """What a letter calls the template that it was set by."""
        return f"{self.kind} {self.number}"
