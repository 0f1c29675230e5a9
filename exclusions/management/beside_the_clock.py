"""What a run of the clock has done beside the deadlines: by the workers where there is a queue, or else here."""

from collections.abc import Callable
from datetime import datetime

from exclusions.actions.bulk_sheets.working import work_on_sheets
from exclusions.actions.casework.letters_to_set import set_letters
from exclusions.actions.casework.staff_mail import send_staff_mail
from exclusions.actions.filing.small_pictures import make_thumbnails
from exclusions.actions.mirrors.dumps import dump_when_due
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


def _report(words: str, work: Callable[[datetime], object]) -> Callable[[datetime], str]:
    return lambda at: words.format(work(at))


def _deliver(at: datetime) -> str:
    delivery = deliver(at=at)
    return f"{delivery.sent} messages sent, {delivery.failed} to be tried again"


EACH_MINUTE: dict[str, Callable[[datetime], str]] = {
    "exclusions.scan_waiting": _report("{} files scanned", lambda at: scan_waiting(at=at)),
    "exclusions.make_thumbnails": _report("{} photographs looked at", lambda at: make_thumbnails()),
    "exclusions.read_files_again": _report("{} files read again", lambda at: read_some_again()),
    "exclusions.staff_mail": _report("{} messages to staff written", lambda at: send_staff_mail(at=at)),
    "exclusions.bulk_sheets": _report("{} bulk sheets worked on", lambda at: work_on_sheets(at=at)),
    "exclusions.set_letters": _report("{} letters set", lambda at: set_letters().done),
    "exclusions.deliver_outbox": _deliver,
    "exclusions.dump_docket": _report("{}", lambda at: dump_when_due(at=at)),
    "exclusions.post_webhooks": _report("{} webhooks posted", lambda at: post_webhooks(at=at).taken),
}
NIGHTLY: dict[str, Callable[[datetime], str]] = {
    "exclusions.propose_clusters": _report("{}", lambda at: propose_all(at=at)),
}
ALL = EACH_MINUTE | NIGHTLY
