"""What a run of the clock has done beside the deadlines: by the workers where there is a queue, or else here."""

from collections.abc import Callable
from datetime import datetime

from exclusions.actions.desk.letters_to_set import set_letters
from exclusions.actions.desk.staff_mail import send_staff_mail
from exclusions.actions.filing.small_pictures import make_thumbnails
from exclusions.actions.record.notifications import deliver
from exclusions.actions.record.public_files.read_again import read_some_again
from exclusions.actions.record.scans import scan_waiting
from exclusions.actions.store.clusters import propose_all
from exclusions.actions.webhooks import post_webhooks
from exclusions.gateways.queue import ask_for


def do_the_rest(*, at: datetime, new_day: bool) -> str:
    """Ask the queue for the other tasks of a minute, and do here what it does not take; return what was done.

    `new_day` says that nobody did yet what is done once a night. A frozen scanner, a slow mail server or a long letter
    holds up the next run of the clock only where there is no queue.
    """
    left = [task for task in [*EACH_MINUTE, *(NIGHTLY if new_day else ())] if not ask_for(task)]
    done = [ALL[task](at) for task in left]
    return ", ".join(done) or "the workers do the rest"


def _said(words: str, work: Callable[[datetime], object]) -> Callable[[datetime], str]:
    return lambda at: words.format(work(at))


def _deliver(at: datetime) -> str:
    delivery = deliver(at=at)
    return f"{delivery.sent} messages sent, {delivery.failed} to be tried again"


EACH_MINUTE: dict[str, Callable[[datetime], str]] = {
    "exclusions.scan_waiting": _said("{} files scanned", lambda at: scan_waiting(at=at)),
    "exclusions.make_thumbnails": _said("{} photographs looked at", lambda at: make_thumbnails()),
    "exclusions.read_files_again": _said("{} files read again", lambda at: read_some_again()),
    "exclusions.staff_mail": _said("{} messages to staff written", lambda at: send_staff_mail(at=at)),
    "exclusions.set_letters": _said("{} letters set", lambda at: set_letters().done),
    "exclusions.deliver_outbox": _deliver,
    "exclusions.post_webhooks": _said("{} webhooks posted", lambda at: post_webhooks(at=at).taken),
}
NIGHTLY: dict[str, Callable[[datetime], str]] = {
    "exclusions.propose_clusters": _said("{}", lambda at: propose_all(at=at)),
}
ALL = EACH_MINUTE | NIGHTLY
