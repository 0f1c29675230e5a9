"""Rounds: one procedure under one or more actions. Windows, day rules and forms are data, never code.

A row is one version of a round. Once a petition is filed in it, triggers freeze it: a change is a new row of the same
slug and docket, for later filings. An order on record moves window and pause, on all versions alike.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from exclusions.models.guards import (
    FILED_IN,
    FREEZE_LISTS,
    FREEZE_ROUND,
    MOVED_BY_ORDER,
    POSTGRESQL,
    REFUSE,
    AppendOnly,
    RenewsStamp,
    Trigger,
)
from exclusions.models.tariff import TariffAction
from exclusions.workflow.term_choices import LISTING

IN_FORCE = Q(superseded_at__isnull=True)


@dataclass(frozen=True)
class FrozenOnceFiled:
    """A round with a petition filed in it keeps its rules and lists; superseded once, it is moved by orders alone."""

    def triggers(self, model: type[models.Model], vendor: str) -> Iterator[Trigger]:
        """Return the triggers of the rounds, and of the table of their lists."""
        table, lists = model._meta.db_table, f"{model._meta.db_table}_actions"
        if vendor == POSTGRESQL:
            for name, verbs, function in (
                (table, "DELETE OR UPDATE", FREEZE_ROUND),
                (lists, "INSERT OR DELETE OR UPDATE", FREEZE_LISTS),
            ):
                rest = f"BEFORE {verbs} ON {name} FOR EACH ROW EXECUTE FUNCTION {function}()"
                yield Trigger(f"{name}_frozen", name, f"CREATE TRIGGER {name}_frozen {rest}")
                rest = f"BEFORE TRUNCATE ON {name} FOR EACH STATEMENT EXECUTE FUNCTION {REFUSE}()"
                yield Trigger(f"{name}_no_truncate", name, f"CREATE TRIGGER {name}_no_truncate {rest}")
            return
        filed, bent = FILED_IN.format("OLD.id"), self._bent(model)
        of_lists = {"DELETE": "OLD", "INSERT": "NEW"}
        either = " OR ".join(FILED_IN.format(f"{row}.round_id") for row in ("OLD", "NEW"))
        for name, verb, when in (
            (table, "UPDATE", f"{filed} AND {bent}"),
            (table, "DELETE", filed),
            (lists, "UPDATE", either),
            *((lists, verb, FILED_IN.format(f"{row}.round_id")) for verb, row in of_lists.items()),
        ):
            said = f"{name} is frozen: a petition was filed in the round"
            trigger = f"{name}_frozen_{verb.lower()}"
            act = f"BEGIN SELECT RAISE(ABORT, '{said}'); END"
            yield Trigger(trigger, name, f"CREATE TRIGGER {trigger} BEFORE {verb} ON {name} WHEN {when} {act}")

    def _bent(self, model: type[models.Model]) -> str:
        """Return, for SQLite, what a frozen row may not become."""
        free = {"superseded_at", *MOVED_BY_ORDER}
        fixed = [field.column for field in model._meta.local_concrete_fields if field.column not in free]
        differs = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in fixed)
        moved = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in MOVED_BY_ORDER)
        as_ordered = " AND ".join(f"{column} IS NEW.{column}" for column in MOVED_BY_ORDER)
        of = "exclusions_roundorder"
        last = f"SELECT 1 FROM {of} WHERE id = (SELECT max(id) FROM {of} WHERE slug = NEW.slug) AND {as_ordered}"
        once = "(OLD.superseded_at IS NOT NULL AND OLD.superseded_at IS NOT NEW.superseded_at)"
        return f"({differs} OR {once} OR (({moved}) AND NOT EXISTS ({last})))"

    def after(self, vendor: str) -> Sequence[str]:
        """Nothing can be made good: what was bent meanwhile is for `verify_record` to find."""
        return ()


class RoundQuerySet(models.QuerySet["Round"]):
    """Look-ups of rounds by moment."""

    def current(self) -> Self:
        """Return the version of each round that is in force: what is filed now is filed under it."""
        return self.filter(IN_FORCE)

    def open_at(self, at: datetime) -> Self:
        """Return the rounds in which a petition may be filed at the moment: in the window, and not paused."""
        open_ones = self.current().filter(opens_at__lte=at, closes_at__gte=at, paused_since__isnull=True)
        return open_ones.exclude(kind__in=LISTING)

    def with_actions(self) -> Self:
        """Return the rounds with their actions read, in the order of the lists."""
        return self.prefetch_related(models.Prefetch("actions", TariffAction.objects.order_by("position", "code")))


class Round(models.Model):
    """One version of a procedure with its docket, window, clocks, forms, criteria and term rule."""

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

    slug = models.SlugField("short name", max_length=60)
    docket = models.CharField("docket number", max_length=20)
    version = models.PositiveSmallIntegerField(default=1, db_default=1)
    made_at = models.DateTimeField("version made", null=True, blank=True)
    authority = models.CharField("citation of the change", max_length=200, blank=True, db_default="", default="")
    reason = models.CharField("reason of the change", max_length=1000, blank=True, db_default="", default="")
    superseded_at = models.DateTimeField(null=True, blank=True, help_text="empty: the version in force")
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
    eligible_subheadings = models.JSONField(default=list, db_default=[], blank=True, help_text="empty: all, of these")
    list_headings = models.JSONField(
        default=list,
        db_default=[],
        blank=True,
        help_text="where each list has its own: list, plain heading, subdivision",
    )
    is_demo = models.BooleanField("demonstration", default=False)
    responses_until = models.DateTimeField(null=True, blank=True, help_text="no response period ends before this")
    paused_since = models.DateTimeField(null=True, blank=True, help_text="empty: not paused")
    clocks_stand = models.BooleanField(default=False, db_default=False, help_text="while paused, periods do not run")

    objects = RoundQuerySet.as_manager()
    history = HistoricalRecords()

    guards = (FrozenOnceFiled(), RenewsStamp())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["slug", "version"], name="round_version_once"),
            models.UniqueConstraint(fields=["slug"], condition=IN_FORCE, name="round_one_in_force"),
            models.UniqueConstraint(fields=["docket"], condition=IN_FORCE, name="round_docket_once"),
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
    def lists_exclusions(self) -> bool:
        """Say whether its subject are listed exclusions, on which anybody comments, and no petitions."""
        return self.kind in LISTING

    @property
    def eligible_numbers(self) -> tuple[str, ...]:
        """Return the beginnings of the numbers that the round takes: subheadings or chapters; none: all."""
        return tuple(self.eligible_subheadings or self.eligible_chapters)

    def heading_for(self, code: str) -> tuple[str, str]:
        """Return heading and U.S. note, as kept, under which exclusions of a list are claimed; "" for what is none."""
        for text in self.list_headings:
            of_list, heading, *note = text.split()
            if of_list == code:
                return heading, "".join(note)
        return self.heading, self.note

    @property
    def accepts_responses(self) -> bool:
        """Say whether the public may respond to a posted petition."""
        return self.response_days is not None and bool(self.response_questionnaire)

    @property
    def accepts_replies(self) -> bool:
        """Say whether the requester may reply to a response."""
        return self.reply_days_after_close is not None and bool(self.reply_questionnaire)


class RoundOrder(models.Model):
    """What was ordered about a round on a day, and where its window, its response periods and its pause stood then."""

    class Kind(models.TextChoices):
        EXTEND_FILING = "extend_filing", "Filing window extended"
        EXTEND_RESPONSES = "extend_responses", "Response periods extended"
        PAUSE = "pause", "Paused"
        RESUME = "resume", "Resumed"
        REOPEN = "reopen", "Demonstration window reopened"
        EXTEND_PENDING = "extend_pending", "All pending deadlines extended"
        CONFIRM, FALL = ("confirm", "Extension confirmed"), ("fall", "Extension ended, not confirmed")

    slug = models.SlugField("round", max_length=60)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    given_at = models.DateTimeField()
    citation = models.CharField("Federal Register citation", max_length=200)
    reason = models.CharField(max_length=1000)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    responses_until = models.DateTimeField(null=True, blank=True)
    paused_since = models.DateTimeField(null=True, blank=True)
    clocks_stand = models.BooleanField(default=False)
    days = models.PositiveSmallIntegerField(null=True, blank=True, help_text="by which what is pending was extended")
    holds_until = models.DateTimeField(null=True, blank=True, help_text="it falls then, unless it is confirmed")
    settles = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="settled_by")

    guards = (AppendOnly(),)

    class Meta:
        verbose_name, verbose_name_plural = "order about a round", "orders about rounds"

    def __str__(self) -> str:
        return f"{self.slug}: {self.get_kind_display()}"


class MadeForm(models.Model):
    """A form made from the questions of one that is shipped; nothing of it changes, a change is another version."""

    slug = models.SlugField("short name", max_length=40)
    version = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(max_length=200)
    based_on = models.CharField("made from", max_length=60)
    made_at = models.DateTimeField()

    guards = (AppendOnly(),)

    class Meta:
        verbose_name, verbose_name_plural = "form made here", "forms made here"
        constraints = [models.UniqueConstraint(fields=["slug", "version"], name="made_form_version_once")]

    def __str__(self) -> str:
        return f"{self.title}, version {self.version}"

    @property
    def key(self) -> str:
        """The name under which a round asks for this version of the form."""
        return f"{self.slug}-v{self.version}"


class MadeQuestion(models.Model):
    """One question that a made form asks, and how."""

    class Required(models.TextChoices):
        AS_SHIPPED = "as_shipped", "As in the form it is from"
        YES = "yes", "Always"
        NO = "no", "Never"

    form = models.ForeignKey(MadeForm, on_delete=models.PROTECT, related_name="questions")
    key = models.CharField(max_length=60)
    required = models.CharField(max_length=10, choices=Required.choices, default=Required.AS_SHIPPED)
    confidential = models.BooleanField(default=False)

    guards = (AppendOnly(),)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["form", "key"], name="made_question_once")]

    def __str__(self) -> str:
        return f"{self.form}: {self.key}"
