"""Setting the letters of joint decisions, after the transaction that issued them: one by one, by any number of workers.

A letter is issued with its code when the decision is signed; what it is set from was kept then, so that it says the
same whenever it is set. Each is set in a transaction of its own: a worker that dies loses the one it was at to the next
worker, and sets none twice.
"""

import logging
from dataclasses import dataclass

from django.db import connection, transaction
from typst import TypstError

from exclusions.errors import NotPermitted
from exclusions.gateways.documents.object_store import StoreError, store_file
from exclusions.gateways.typesetting import kept_letter_pdf
from exclusions.models import Letter, PendingLetter, PublicLetter, User
from exclusions.workflow.roles import READS_CONFIDENTIAL

logger = logging.getLogger(__name__)
LIMIT = 20_000_000
MOST_ATTEMPTS = 5


@dataclass(frozen=True)
class SetLetters:
    """How many letters were set, and how many have to be tried again."""

    done: int
    failed: int

    def __str__(self) -> str:
        return f"{self.done} letters set, {self.failed} to be tried again"


def letters_wait() -> bool:
    """Say whether letters are to be set that were not given up."""
    return PendingLetter.objects.filter(attempts__lt=MOST_ATTEMPTS).exists()


def set_letters(most: int = 0) -> SetLetters:
    """Set the letters that wait, oldest first, and return how many; at most so many where that is given.

    One that another worker is at is passed over. A failure is counted on the letter, and later runs try again, five
    times in all; `try_letters_again` lets them start anew.
    """
    waiting = PendingLetter.objects.filter(attempts__lt=MOST_ATTEMPTS).order_by("attempts", "pk")
    keys = list(waiting.values_list("pk", flat=True)[: most or None])
    came = [_set_one(key) for key in keys]
    return SetLetters(came.count("set"), came.count("failed"))


def try_letters_again(*, by: User) -> int:
    """Let the letters that were given up be tried again; return how many there were. Raises NotPermitted."""
    if by.role not in READS_CONFIDENTIAL:
        raise NotPermitted("Letters are tried again by the staff who read whole cases.")
    return PendingLetter.objects.filter(attempts__gte=MOST_ATTEMPTS).update(attempts=0)


def _set_one(key: int) -> str:
    with transaction.atomic():
        rows = PendingLetter.objects.select_for_update(
            of=("self",), skip_locked=connection.features.has_select_for_update_skip_locked
        )
        pending = rows.select_related("letter").filter(pk=key).first()
        if pending is None:
            return "gone"
        letter = pending.letter
        try:
            stored = store_file([kept_letter_pdf(letter.kind, pending.facts)], limit=LIMIT)
        except (TypstError, StoreError, OSError, ValueError, KeyError) as error:
            pending.attempts += 1
            pending.last_error = type(error).__name__
            pending.save(update_fields=["attempts", "last_error"])
            logger.warning("Letter of pending row %s was not set: %s.", pending.pk, pending.last_error)
            return "failed"
        Letter.objects.filter(pk=letter.pk).update(sha256=stored.sha256, storage_key=stored.key)
        PublicLetter.objects.filter(code=letter.code).update(sha256=stored.sha256)
        pending.delete()
    return "set"
