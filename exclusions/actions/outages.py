"""An extension after an outage: it holds at once by one administrator, and falls unless a second one confirms it.

Nobody waits for a second person while the site is away. What one person alone extended ends after two working days;
what was filed, answered or corrected while it held stays in time.
"""

from datetime import datetime

from django.db import transaction

from exclusions.actions.people import proposals
from exclusions.actions.rounds.moved_periods import Moved, ends_of, put_back
from exclusions.actions.rounds.orders import extend_pending, give
from exclusions.gateways.tariff.holidays_file import federal_holidays
from exclusions.models import Proposal, Round, RoundOrder, User
from exclusions.workflow.deadlines import DayRule, DayUnit, end_of_day, last_day

WORKING_DAYS = 2
REASON = "No second administrator confirmed the extension."
Kind = RoundOrder.Kind


def extend_for_outage(round: Round, *, days: int, citation: str, reason: str, by: User, at: datetime) -> Round:
    """Extend every pending deadline of a round at once, and propose to keep that; return the round.

    It falls at the end of the second working day, unless another administrator confirms the proposal. Raises as
    `extend_pending`.
    """
    rule = DayRule(DayUnit.BUSINESS, holidays=federal_holidays())
    until = end_of_day(last_day(at, rule, WORKING_DAYS))
    with transaction.atomic():
        Round.objects.current().select_for_update().get(slug=round.slug)
        before = ends_of(round)
        moved = extend_pending(round, days=days, citation=citation, reason=reason, by=by, at=at, holds_until=until)
        after = ends_of(round)
        order = RoundOrder.objects.filter(slug=round.slug).order_by("-pk")[0]
        changed = [
            [*key, end.isoformat(), after[key].isoformat()] for key, end in before.items() if after.get(key, end) != end
        ]
        proposals.propose(
            "keep_extension",
            round.slug,
            facts={"order": order.pk, "moved": changed},
            reason=reason,
            by=by,
            at=at,
            until=until,
        )
    return moved


def end_unconfirmed(*, at: datetime) -> list[str]:
    """Let each extension fall that was refused, or that nobody confirmed in time; return the rounds’ short names."""
    waiting = RoundOrder.objects.filter(kind=Kind.EXTEND_PENDING, holds_until__isnull=False, settled_by__isnull=True)
    return [order.slug for order in waiting.order_by("pk") if _end(order, at)]


def _end(order: RoundOrder, at: datetime) -> bool:
    with transaction.atomic():
        round = Round.objects.current().select_for_update().get(slug=order.slug)
        settled = RoundOrder.objects.filter(settles=order).exists()
        proposal = Proposal.objects.filter(act="keep_extension", facts__order=order.pk).order_by("pk").first()
        waits = proposal is not None and proposal.settled_at is None and at < proposal.expires_at
        if settled or waits or proposal is None:
            return False
        moved = [
            Moved(table, key, name, datetime.fromisoformat(was), datetime.fromisoformat(now))
            for table, key, name, was, now in proposal.facts["moved"]
        ]
        of_round = [one for one in moved if one.table == "round" and getattr(round, one.name) == one.now]
        state = {one.name: one.was for one in of_round}
        give(round, Kind.FALL, state, order.citation, REASON, None, at, "", settles=order)
        for one in moved:
            put_back(one, at)
    return True
