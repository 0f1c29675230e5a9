"""Notes that staff write to each other on a case, and the tags of a team."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from exclusions.models.guards import AppendOnly
from exclusions.models.petition import Petition

PEOPLE = settings.AUTH_USER_MODEL


class CaseNote(models.Model):
    """A note on a case, for those alone who read the whole case. It decides nothing, and is never published."""

    petition = models.ForeignKey(Petition, on_delete=models.CASCADE, related_name="+")
    text = models.TextField()
    made_by = models.ForeignKey(PEOPLE, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    guards = (AppendOnly(),)

    class Meta:
        indexes = [models.Index(fields=["petition", "-made_at"], name="case_note_newest")]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="case_note_has_text")]

    def __str__(self) -> str:
        return f"Note on {self.petition}"


class Mention(models.Model):
    """A member of staff whom a note names; the person may see the case, and was told of the note."""

    note = models.ForeignKey(CaseNote, on_delete=models.CASCADE, related_name="mentions")
    user = models.ForeignKey(PEOPLE, on_delete=models.PROTECT, related_name="+")

    guards = (AppendOnly(),)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["note", "user"], name="mention_once_a_note")]

    def __str__(self) -> str:
        return f"{self.user} in {self.note}"


class Tag(models.Model):
    """A word of a team's vocabulary, by which its people mark cases."""

    role = models.CharField(max_length=20, help_text="the team whose word it is")
    name = models.CharField(max_length=30)
    made_by = models.ForeignKey(PEOPLE, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    guards = (AppendOnly(but=("retired_at",)),)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["role", "name"], condition=Q(retired_at__isnull=True), name="tag_once_a_team"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="tag_has_name"),
        ]

    def __str__(self) -> str:
        return self.name


class CaseTag(models.Model):
    """A tag on a case, from when until when."""

    petition = models.ForeignKey(Petition, on_delete=models.CASCADE, related_name="+")
    tag = models.ForeignKey(Tag, on_delete=models.PROTECT, related_name="+")
    put_by = models.ForeignKey(PEOPLE, on_delete=models.PROTECT, related_name="+")
    put_at = models.DateTimeField()
    taken_by = models.ForeignKey(PEOPLE, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    taken_at = models.DateTimeField(null=True, blank=True)

    guards = (AppendOnly(but=("taken_at", "taken_by_id")),)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["petition", "tag"], condition=Q(taken_at__isnull=True), name="case_tag_once"
            ),
            models.CheckConstraint(
                condition=Q(taken_at__isnull=True, taken_by__isnull=True)
                | Q(taken_at__isnull=False, taken_by__isnull=False),
                name="case_tag_taken_by_and_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tag} on {self.petition}"
