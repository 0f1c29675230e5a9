"""What the staff are mailed: who wants what, and what went out on which day."""

from django.conf import settings
from django.db import models

from exclusions.models.guards import AppendOnly
from exclusions.models.petition import Petition


class MailChoice(models.Model):
    """What a person wants by mail: of staff the digest and alerts, which nobody without a row has said no to; of who
    files whether mail about petitions is joined once a day.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    digest = models.BooleanField("a digest each morning", default=True)
    at_once = models.BooleanField("at once what falls due today, and mentions", default=True)
    joined = models.BooleanField("mail about petitions joined once a day", default=False, db_default=False)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Mail of {self.user}"


class Digest(models.Model):
    """A morning's look for one person, whether or not there was anything to say; written with the message."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    mailed = models.BooleanField(help_text="there was something, and the person wants it")
    made_at = models.DateTimeField()

    guards = (AppendOnly(),)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "day"], name="digest_once_a_day")]

    def __str__(self) -> str:
        return f"{self.user}, {self.day}"


class DueAlert(models.Model):
    """That a person was told of a case that falls due on a day, by digest or at once."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    petition = models.ForeignKey(Petition, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    made_at = models.DateTimeField()

    guards = (AppendOnly(),)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "petition", "day"], name="due_alert_once")]

    def __str__(self) -> str:
        return f"{self.petition}, {self.day}"
