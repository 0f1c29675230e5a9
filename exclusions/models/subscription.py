"""Who wants to hear what becomes public of something; no account is needed, and nothing else is kept.

A row goes when its reader stops it. What it was told of is kept beside it, so that nothing is told twice; so is what
was posted to a webhook, for a while, so that its owner can read what became of it.
"""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from exclusions.workflow import watch_rates
from exclusions.workflow.watch_rates import RATES


class Subscription(models.Model):
    """One thing that one address watches; until its reader confirms it, it tells nothing and is dropped in time."""

    class Kind(models.TextChoices):
        NUMBER = "number", "HTSUS number"
        CASE = "case", "Petition"
        EXCLUSION = "exclusion", "Exclusion"
        ORGANIZATION = "organization", "Organization"
        ROUND = "round", "Round"
        WORDS = "words", "Product words"
        OWN = "own", "Your petitions"  # of a person or a firm, for their programs alone

    class Channel(models.TextChoices):
        EMAIL = "email", "E-mail"
        FEED = "feed", "Feed"  # read by its reader: it is kept in the list of their watches, and mails nothing
        WEBHOOK = "webhook", "Webhook"  # posted to an address of its reader's programs

    class Rate(models.TextChoices):
        AT_ONCE = watch_rates.AT_ONCE, RATES[watch_rates.AT_ONCE]
        DAILY = watch_rates.DAILY, RATES[watch_rates.DAILY]
        WEEKLY = watch_rates.WEEKLY, RATES[watch_rates.WEEKLY]

    kind = models.CharField(max_length=15, choices=Kind.choices)
    key = models.CharField(
        max_length=300, help_text="plain number, reference, name, short name, words, whose petitions"
    )
    email = models.EmailField()
    channel = models.CharField(
        max_length=10, choices=Channel.choices, default=Channel.EMAIL, db_default=Channel.EMAIL.value
    )
    rate = models.CharField(
        "how often", max_length=10, choices=Rate.choices, default=Rate.AT_ONCE, db_default=Rate.AT_ONCE.value
    )
    url = models.CharField("address of the webhook", max_length=500, blank=True, default="", db_default="")
    secret = models.TextField(
        "secret of the webhook", blank=True, default="", db_default="", help_text="encrypted; shown once"
    )
    old_secret = models.TextField(
        "secret before",
        blank=True,
        default="",
        db_default="",
        help_text="encrypted; signs too while it is exchanged",
    )
    old_secret_until = models.DateTimeField(null=True, blank=True)
    link = models.UUIDField("secret name, for the links in its mail", unique=True, default=uuid4)
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    looked_on = models.DateField(null=True, blank=True, help_text="in New York; what is older has been told")
    seen_event = models.PositiveBigIntegerField(
        default=0, db_default=0, help_text="of own petitions: the last event of the record that was looked at"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "key", "email", "channel"], name="subscription_once"),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(confirmed_at__gte=F("created_at")),
                name="subscription_confirmed_after",
            ),
            models.CheckConstraint(
                condition=Q(channel="webhook", url__gt="", secret__gt="")
                | (~Q(channel="webhook") & Q(url="", secret="")),
                name="subscription_webhook_has_address",
            ),
            models.CheckConstraint(condition=~Q(kind="own") | Q(channel="webhook"), name="subscription_own_is_webhook"),
            models.CheckConstraint(
                condition=Q(rate="at_once") | Q(channel="email", rate__in=["daily", "weekly"]),
                name="subscription_rate_is_of_mail",
            ),
            models.CheckConstraint(
                condition=Q(old_secret="", old_secret_until__isnull=True)
                | Q(old_secret__gt="", old_secret_until__isnull=False),
                name="subscription_old_secret_ends",
            ),
        ]
        indexes = [models.Index(fields=["email"], name="subscription_email")]

    def __str__(self) -> str:
        if self.kind == self.Kind.OWN:
            return self.get_kind_display()
        return f"{self.get_kind_display()} {self.key}"

    @property
    def how_often(self) -> str:
        """How often its reader is mailed, to stand in a sentence."""
        words = str(self.get_rate_display())
        return words[:1].lower() + words[1:]


class ToldNews(models.Model):
    """That a reader was told of a fact, or that it was public already when the watch began."""

    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="told")
    fact = models.CharField(max_length=120)
    told_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subscription", "fact"], name="told_news_once")]

    def __str__(self) -> str:
        return self.fact


class WebhookDelivery(models.Model):
    """One event for the program of one watch: as it is posted, how often that was tried, and what came of it.

    It is due from `next_at` on until it is taken or was tried often enough (`queries.record.webhooks_due`).
    """

    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="deliveries")
    event = models.UUIDField("name of the event", unique=True, default=uuid4, help_text="the same at each attempt")
    body = models.JSONField(help_text="public facts only; of own petitions what happened to which, and when")
    created_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True, blank=True)
    http_code = models.PositiveSmallIntegerField(null=True, blank=True, help_text="answered at the last attempt")
    error = models.CharField(max_length=200, blank=True, help_text="what went wrong at the last attempt")

    class Meta:
        verbose_name_plural = "webhook deliveries"
        indexes = [
            models.Index(fields=["next_at"], condition=Q(delivered_at__isnull=True), name="webhook_delivery_open"),
            models.Index(fields=["created_at"], name="webhook_delivery_created"),
        ]

    def __str__(self) -> str:
        return str(self.event)
