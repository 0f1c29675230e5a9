"""What falls due by itself: petitions lapse, periods close, reviews begin. Each goes by the table."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from exclusions.actions.bulk_sheets.sheets import forget_sheets
from exclusions.actions.joined_mail import send_joined_mail
from exclusions.actions.notices.expiring import tell_of_expiry
from exclusions.actions.notices.expiry_reminders import send_expiry_reminders
from exclusions.actions.once import forget_answers
from exclusions.actions.outages import end_unconfirmed
from exclusions.actions.record.anchors import drop_anchor
from exclusions.actions.record.transition import move
from exclusions.actions.reminders import send_reminders
from exclusions.actions.review.inquiries import lapse_inquiries
from exclusions.actions.review.intake import lapse_petition
from exclusions.actions.statistics import keep_statistics
from exclusions.actions.store.docket_kinds import count_docket
from exclusions.actions.telling_watchers import tell_watchers
from exclusions.actions.webhooks import forget_deliveries
from exclusions.errors import ActionRefused
from exclusions.models import Petition
from exclusions.queries.record.deadlines_due import cures_over, replies_over, responses_over


@dataclass
class ClockReport:
    """The references of the petitions that moved, and the sentences of those that could not."""

    fallen: list[str] = field(default_factory=list)  # rounds whose extension nobody confirmed
    lapsed: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    begun: list[str] = field(default_factory=list)
    reminded: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)
    expiring: list[str] = field(default_factory=list)
    watched: list[str] = field(default_factory=list)
    new_day: bool = False  # this was the first run of a day, which made its anchor

    @property
    def did_nothing(self) -> bool:
        """Whether nothing was due."""
        moved = (self.unanswered, self.lapsed, self.closed, self.begun, self.refused)
        return not any((*moved, self.fallen, self.reminded, self.expiring, self.watched))

    def __str__(self) -> str:
        return (
            f"{len(self.lapsed)} petitions lapsed, {len(self.closed)} response periods closed, "
            f"{len(self.begun)} reviews begun, {len(self.refused)} left as they are, "
            f"{len(self.reminded)} reminders sent, {len(self.expiring)} told that an exclusion ends, "
            f"{len(self.watched)} watchers told, {len(self.fallen)} extensions ended unconfirmed"
        )


def run_clock(*, at: datetime) -> ClockReport:
    """Do everything that is due by `at` and return what was done; a second run at the same moment does nothing.

    A petition without an open reply goes on to review in the same run in which its response period closes. Each
    petition moves in a transaction of its own, by the clock (nobody): one that another person moves meanwhile is
    reported and left to the next run. Exclusions need nothing here: their terms are dates that each look-up reads;
    who filed is told of their end ahead. Who watches something is told what has become public of it. Who has to act
    before a deadline is reminded of it. The first run of a day makes its anchor; a docket that changed is counted.
    """
    report = ClockReport()
    report.fallen += end_unconfirmed(at=at)
    _move_each(cures_over(at), "lapse", report.lapsed, report.refused, at)
    _move_each(responses_over(at), "close_responses", report.closed, report.refused, at)
    _move_each(replies_over(at), "begin_review", report.begun, report.refused, at)
    report.unanswered += lapse_inquiries(at=at)
    report.reminded += send_reminders(at=at)
    report.reminded += send_expiry_reminders(at=at)
    report.expiring += tell_of_expiry(at=at)
    report.watched += tell_watchers(at=at)
    send_joined_mail(at=at)
    forget_deliveries(at=at)
    forget_answers(at=at)
    forget_sheets(at=at)
    report.new_day = drop_anchor(at=at) is not None
    count_docket(at=at)
    keep_statistics(at=at)
    return report


def _move_each(petitions: Iterable[Petition], name: str, done: list[str], refused: list[str], at: datetime) -> None:
    for petition in list(petitions):
        try:
            if name == "lapse":
                lapse_petition(petition, at=at)
            else:
                move(petition, name, by=None, at=at)
        except ActionRefused as error:
            refused.append(f"{petition.reference}: {' '.join(error.reasons)}")
        else:
            done.append(str(petition.reference))
