"""What a worker runs in the background. Where each task waits and how long it may take: tradecases/queues.py."""

import threading
import time

from celery import current_app, shared_task
from django.core.cache import cache
from django.utils import timezone
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from exclusions.actions import clock, webhooks
from exclusions.actions.bulk_sheets.working import sheets_wait, work_on_sheets
from exclusions.actions.casework import staff_mail
from exclusions.actions.casework.letters_to_set import letters_wait, set_letters
from exclusions.actions.filing import small_pictures
from exclusions.actions.mirrors.dumps import dump_when_due
from exclusions.actions.record import notifications, scans
from exclusions.actions.record.public_files.read_again import read_some_again
from exclusions.actions.store.clusters import propose_all
from exclusions.gateways.circuit import REDIS
from exclusions.gateways.database.limits import lifted
from exclusions.gateways.observed.request_ids import thread
from exclusions.models import User

A_RUN = 60.0  # seconds of posting to webhooks or of bulk sheets; what is left is asked for again within a minute
LETTERS = 500  # set in a run
ASKED = "outbox-run-asked"  # there while a delivery run waits to begin: it sends what is put in meanwhile, too
_asking = threading.Lock()
_asked_again = threading.Event()


@shared_task(name="exclusions.run_clock")
def run_clock_now() -> str:
    """Do what is due by now; return what was done, in words. The first run of a day asks for what is done nightly."""
    with lifted():
        report = clock.run_clock(at=timezone.now())
    if report.new_day:
        ask_for("exclusions.propose_clusters")
    return str(report)


@shared_task(name="exclusions.deliver_outbox")
def deliver_outbox() -> str:
    """Send the messages of the outbox, run after run while each leaves some; return how many went, in words.

    Letters and webhooks, which wait with them, are asked for first: a slow mail server is no matter of theirs.
    """
    cache.delete(ASKED)
    at = timezone.now()
    if letters_wait():
        set_waiting_letters.apply_async(retry=False)
    if webhooks.hooks_wait(at=at):
        post_waiting_webhooks.apply_async(retry=False)
    delivery = notifications.deliver(at=at)
    if delivery.more:
        wake()
    return f"{delivery.sent} sent, {delivery.failed} to be tried again"


@shared_task(name="exclusions.post_webhooks")
def post_waiting_webhooks() -> str:
    """Post what is due to webhooks, some at a time, so that each is signed with its own moment; return how many."""
    taken = failed = 0
    until = time.monotonic() + A_RUN
    while time.monotonic() < until:
        posted = webhooks.post_webhooks(at=timezone.now())
        taken, failed = taken + posted.taken, failed + posted.failed
        if not posted.more:
            break
    return f"{taken} posted, {failed} not taken"


@shared_task(name="exclusions.staff_mail")
def send_staff_mail_now() -> str:
    """Mail the staff what is due for them by now; return how many messages were written, in words."""
    with lifted():
        return f"{staff_mail.send_staff_mail(at=timezone.now())} written"


@shared_task(name="exclusions.scan_waiting")
def scan_waiting_files() -> str:
    """Scan what was taken in while the virus scanner was away; return how many files are known now, in words."""
    with lifted():
        return f"{scans.scan_waiting(at=timezone.now())} scanned"


@shared_task(name="exclusions.make_thumbnails")
def make_missing_thumbnails() -> str:
    """Make the small pictures that public photographs do not have yet; return of how many, in words."""
    with lifted():
        return f"{small_pictures.make_thumbnails()} photographs looked at"


@shared_task(name="exclusions.read_files_again")
def read_older_files_again() -> str:
    """Read some of the public files again whose text an older reader kept; return how many, in words."""
    with lifted():
        return f"{read_some_again()} files read again"


@shared_task(name="exclusions.propose_clusters")
def propose_clusters_now(by: int | None = None) -> str:
    """Draw together what is in no cluster yet; return what was drawn, in words. A case that is posted has its own.

    `by` is the key of the lead who asked for it; None each night.
    """
    with lifted():
        return str(propose_all(at=timezone.now(), by=User.objects.filter(pk=by).first() if by else None))


@shared_task(name="exclusions.dump_docket")
def dump_docket_now() -> str:
    """Make the files of the whole docket where they are not of today, or older than a take-down; return what was done.

    It is asked for each minute, and asks two tables whether there is anything to do.
    """
    with lifted():
        return dump_when_due(at=timezone.now())


@shared_task(name="exclusions.set_letters")
def set_waiting_letters() -> str:
    """Set the letters of joint decisions that wait, some at a time; return how many, in words."""
    with lifted():
        come = set_letters(LETTERS)
    if come.done == LETTERS:
        set_waiting_letters.apply_async(retry=False)
    return str(come)


@shared_task(name="exclusions.bulk_sheets")
def work_on_bulk_sheets() -> str:
    """Check the rows of bulk sheets and make drafts of them, slice after slice; return how many slices, in words."""
    slices, until = 0, time.monotonic() + A_RUN
    while sheets_wait() and time.monotonic() < until:
        done = work_on_sheets(at=timezone.now())
        slices += done
        if not done:  # others are at work on all of them
            break
    return f"{slices} slices of bulk sheets"


def wake() -> None:
    """Ask for a delivery run, beside whoever has just committed: nobody waits for the queue.

    A queue that does not answer costs a delay, not the message: the beat asks again each minute.
    """
    if current_app.conf.task_always_eager:
        _ask()
        return
    _asked_again.set()
    if not _asking.locked():
        thread(_ask_beside, "outbox-wake").start()


def _ask_beside() -> None:
    """Ask for all who asked meanwhile, one thread at a time; a run that was asked for earlier may have missed them."""
    while _asked_again.is_set() and _asking.acquire(blocking=False):
        try:
            _asked_again.clear()
            _ask()
        finally:
            _asking.release()


def _ask() -> None:
    """Ask for a delivery run, unless one waits to begin already: a hundred filings at once need one, not a hundred."""
    if cache.add(ASKED, "1", 60) and not ask_for("exclusions.deliver_outbox"):
        cache.delete(ASKED)


def ask_for(task: str, **arguments: object) -> bool:
    """Ask the queue for a task by its name; return whether it took it. The settings name this as TASK_ASKER."""
    if not REDIS.worth_asking():
        return False
    try:
        current_app.tasks[task].apply_async(kwargs=arguments, retry=False)
    except (OperationalError, RedisError, OSError) as error:
        REDIS.failed(error)
        return False
    REDIS.worked()
    return True
