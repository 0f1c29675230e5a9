"""The sample of cases in which level 2 judges before it reads level 1, and what it said then.

(GAO-21-506: two levels of review are worth two only where the second is not led by the first.)
"""

import hashlib
import hmac

from django.conf import settings
from django.db import models
from django.db.models import Q

from exclusions.models.guards import AppendOnly
from exclusions.models.petition import Petition

WHOLE = 100
_DIGITS = 13  # of the digest, in hexadecimal: more than a share in percent can tell apart


class BlindShare(models.Model):
    """The share of a round's cases that are drawn, from a moment on; the last row of a round holds.

    The secret is made with the first row and kept: a new one would draw other cases, and be a choice.
    """

    slug = models.SlugField("round", db_index=True)
    percent = models.PositiveSmallIntegerField()
    secret = models.CharField(max_length=64)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    guards = (AppendOnly(),)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(percent__lte=WHOLE), name="blind_share_of_a_hundred")]

    def __str__(self) -> str:
        return f"{self.slug}: {self.percent}%"


def is_drawn(secret: str, percent: int, reference: str) -> bool:
    """Say whether a case is of the sample: by its reference and the round's secret alone, so that nobody chooses."""
    digest = hmac.new(secret.encode(), reference.encode(), hashlib.sha256).hexdigest()[:_DIGITS]
    return int(digest, 16) * WHOLE < percent * (1 << 4 * _DIGITS)


class BlindDraw(models.Model):
    """Whether a case was drawn, as it came to level 2 for the first time."""

    petition = models.OneToOneField(Petition, on_delete=models.PROTECT, related_name="+")
    drawn = models.BooleanField()
    percent = models.PositiveSmallIntegerField(help_text="the share that held then")
    drawn_at = models.DateTimeField()

    guards = (AppendOnly(),)

    def __str__(self) -> str:
        return f"{self.petition}: {'drawn' if self.drawn else 'not drawn'}"


class OwnView(models.Model):
    """What a level 2 reviewer held of one criterion, or of the outcome, before reading level 1."""

    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="+")
    criterion = models.CharField(max_length=40, blank=True, help_text="empty: the outcome")
    view = models.CharField(max_length=20, help_text="a result of the criterion, or grant or deny")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    guards = (AppendOnly(),)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["petition", "made_by", "criterion"], name="own_view_once"),
        ]

    def __str__(self) -> str:
        return f"{self.criterion or 'outcome'}: {self.view}"
