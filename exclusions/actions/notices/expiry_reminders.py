"""Telling those who filed or commented that an exclusion ends: 90 and 30 days ahead, once each."""

from datetime import date, datetime, timedelta

from django.db import transaction

from exclusions.actions.record.addresses import page_address
from exclusions.actions.record.events import notify_all
from exclusions.days import in_full
from exclusions.hts import dotted
from exclusions.models import ExclusionTerm, ExpiryReminder, Round
from exclusions.queries.notices.expiries import DAYS_AHEAD, Ending, endings, open_round_of
from exclusions.workflow.deadlines import eastern_date

WORDS = 300  # letters of the product that a message names


def send_expiry_reminders(*, at: datetime) -> list[str]:
    """Mail who filed for an exclusion that ends within 90 days, or commented on it; return which, each once.

    Whoever is reminded for the first time within the last 30 days gets one message, not two. Each exclusion is a
    transaction of its own; two clocks at once send one.
    """
    today = eastern_date(at)
    return [
        f"{found.exclusion.reference}: ends {found.ends_on}" for found in endings(today) if _remind(found, today, at)
    ]


def _remind(found: Ending, today: date, at: datetime) -> bool:
    due = [days for days in DAYS_AHEAD if found.ends_on - timedelta(days=days) <= today]
    round = open_round_of(found.exclusion, at)
    with transaction.atomic():
        made = [
            ExpiryReminder.objects.get_or_create(
                exclusion=found.exclusion, ends_on=found.ends_on, days=days, defaults={"made_at": at}
            )[1]
            for days in due
        ]
        if not any(made):
            return False
        notify_all(
            to=found.addresses,
            template="expiry_ahead",
            subject=f"{found.exclusion.reference}: this exclusion ends on {found.ends_on:%B} {found.ends_on.day}",
            context=_facts(found, today, round),
            at=at,
        )
    return True


def _facts(found: Ending, today: date, round: Round | None) -> dict[str, str]:
    text = found.exclusion.texts.order_by("-version").first()
    terms = ExclusionTerm.objects.filter(exclusion=found.exclusion, valid_to=found.ends_on).order_by("pk")
    return {
        "reference": found.exclusion.reference,
        "heading": ", ".join(dict.fromkeys(dotted(term.heading) for term in terms)),
        "product": text.text[:WORDS] if text else "",
        "ends": in_full(found.ends_on),
        "days": str((found.ends_on - today).days),
        "round": round.title if round else "",
        "url": page_address("exclusion", found.exclusion.reference),
    }
