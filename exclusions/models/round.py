"""Rounds: one procedure under one or more actions. Windows, day rules and forms are data, never code."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from exclusions.models.guards import RenewsStamp
from exclusions.models.tariff import TariffAction


class RoundQuerySet(models.QuerySet["Round"]):
    """Look-ups of rounds by moment."""

    def open_at(self, at: datetime) -> Self:
        """Return the rounds whose filing window includes the moment."""
        return self.filter(opens_at__lte=at, closes_at__gte=at)

    def with_actions(self) -> Self:
        """Return the rounds with their actions read, in the order of the lists."""
        return self.prefetch_related(models.Prefetch("actions", TariffAction.objects.order_by("position", "code")))


class Round(models.Model):
    """A procedure with its docket, window, clocks, forms, criteria and term rule."""

    class Kind(models.TextChoices):
        PETITION = "petition", "Exclusion petitions"
        MACHINERY = "machinery", "Machinery petitions"
        COVID = "covid", "COVID-19 comments"
        REINSTATEMENT = "reinstatement", "Reinstatement comments"
        EXTENSION = "extension", "Extension comments"

    class DayUnit(models.TextChoices):
        CALENDAR = "calendar", "Calendar days"
        BUSINESS = "business", "Business days"

    class Roll(models.TextChoices):
        NONE = "none", "No roll-forward"
        NEXT_BUSINESS = "next_business", "To the next business day"

    class Retroactive(models.TextChoices):
        FIXED = "fixed", "From a fixed date"
        PUBLICATION = "publication", "From publication of the notice"

    class TermRule(models.TextChoices):
        ONE_YEAR = "one_year_after_publication", "One year after publication"
        FIXED = "fixed", "Until a fixed date"
        NOTICE = "notice", "As the notice says"

    slug = models.SlugField(max_length=60, unique=True)
    docket = models.CharField(max_length=20, unique=True)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    actions = models.ManyToManyField(TariffAction, related_name="rounds")
    citation = models.CharField(max_length=200)
    channel = models.CharField(max_length=200, blank=True)
    questionnaire = models.CharField(max_length=60)
    response_questionnaire = models.CharField(max_length=60, blank=True)
    reply_questionnaire = models.CharField(max_length=60, blank=True)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField(help_text="the last moment at which a filing is in time")
    day_unit = models.CharField(max_length=10, choices=DayUnit.choices, default=DayUnit.CALENDAR)
    roll_rule = models.CharField(max_length=20, choices=Roll.choices, default=Roll.NONE)
    response_days = models.PositiveSmallIntegerField(null=True, blank=True, help_text="empty: no responses")
    reply_days_after_close = models.PositiveSmallIntegerField(null=True, blank=True, help_text="empty: no replies")
    reply_days_after_response = models.PositiveSmallIntegerField(null=True, blank=True)
    retroactive_rule = models.CharField(max_length=20, choices=Retroactive.choices, default=Retroactive.FIXED)
    retroactive_from = models.DateField(null=True, blank=True)
    term_rule = models.CharField(max_length=40, choices=TermRule.choices)
    term_ends_on = models.DateField(null=True, blank=True, help_text="last day, inclusive")
    heading = models.CharField("default chapter 99 heading", max_length=8, blank=True)
    note = models.CharField("default U.S. note subdivision", max_length=20, blank=True)
    criteria = models.JSONField(default=list, help_text="keys, in order")
    criteria_version = models.CharField(max_length=40)
    procedure_version = models.CharField(max_length=40)
    purchase_periods = models.JSONField(default=list, help_text="labels of the periods that are asked for")
    eligible_chapters = models.JSONField(default=list, blank=True, help_text="empty: all chapters")
    is_demo = models.BooleanField(default=False)

    objects = RoundQuerySet.as_manager()
    history = HistoricalRecords()

    guards = (RenewsStamp(),)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="round_window"),
            models.CheckConstraint(
                condition=Q(retroactive_rule="publication") | Q(retroactive_from__isnull=False),
                name="round_retroactive_date",
            ),
            models.CheckConstraint(
                condition=~Q(term_rule="fixed") | Q(term_ends_on__isnull=False), name="round_term_end"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def accepts_responses(self) -> bool:
        """Say whether the public may respond to a posted petition."""
        return self.response_days is not None and bool(self.response_questionnaire)

    @property
    def accepts_replies(self) -> bool:
        """Say whether the requester may reply to a response."""
        return self.reply_days_after_close is not None and bool(self.reply_questionnaire)
