"""Setting letters after the transaction that issued them: one by one, by any number of workers.

A letter is issued with its code when what it tells of happens; what it is set from was kept then, so that it says the
same whenever it is set. Each is set in a transaction of its own: a worker that dies loses the one it was at to the next
worker, and sets none twice.
"""

from dataclasses import dataclass

from exclusions.actions.record.letter_parts.setting import set_letter
from exclusions.errors import NotPermitted
from exclusions.models import PendingLetter, User
from exclusions.workflow.roles import READS_CONFIDENTIAL

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
    came = [set_letter(key) for key in keys]
    return SetLetters(came.count("set"), came.count("failed"))


def try_letters_again(*, by: User) -> int:
    """Let the letters that were given up be tried again; return how many there were. Raises NotPermitted."""
    if by.role not in READS_CONFIDENTIAL:
        raise NotPermitted("Only staff who read whole cases can try letters again.")
    return PendingLetter.objects.filter(attempts__gte=MOST_ATTEMPTS).update(attempts=0)
