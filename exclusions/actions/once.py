"""A request that arrives twice is carried out once: by a key that whoever asks makes up (Idempotency-Key)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from exclusions.errors import Conflict, Incomplete, WrongState
from exclusions.gateways.secret_text import Unreadable, decrypt, encrypt
from exclusions.models import KeptAnswer

KEPT: Final = timedelta(hours=24)
STUCK: Final = timedelta(minutes=2)  # longer than any request takes: the process that carried it out is gone
# Keys of a person in a day: enough for the largest filer on record, who sends three a petition. How fast they come is
# bounded by the throttle of the token, which is asked before any key is kept.
MOST: Final = 40_000
PURPOSE: Final = "kept answer"
OTHER = "This key was sent with another request. Send a new key with each new request."
RUNNING = "The request with this key is still running. Send it again in a moment to get its answer."
FULL = f"You have sent {MOST:,} keys within a day, the most allowed. To repeat a request, send the key that it had."


@dataclass(frozen=True)
class Answered:
    """What was answered: the status, and the body as JSON."""

    code: int
    body: str


def answered_before(user_id: int, *, key: str, digest: str, at: datetime) -> Answered | None:
    """Return what a person's request was answered; None where it is now the asker's to carry out.

    Whoever gets None calls `keep_answer` in the transaction of what the request does, or `let_go` where that failed.
    Raises Incomplete where the key stands for another request, Conflict while the same one is being carried out, and
    WrongState where the person has sent so many keys within a day.
    """
    row, new = KeptAnswer.objects.get_or_create(user_id=user_id, key=key, defaults={"digest": digest, "begun_at": at})
    if new:
        if KeptAnswer.objects.filter(user_id=user_id).count() > MOST:
            row.delete()
            raise WrongState(FULL)
        return None
    over = row.begun_at <= at - (STUCK if row.http_code is None else KEPT)
    if over and _taken_over(row, digest, at):
        return None
    if row.digest != digest:
        raise Incomplete(OTHER)
    if row.http_code is None or over:
        raise Conflict(RUNNING)
    try:
        return Answered(row.http_code, decrypt(row.body, purpose=PURPOSE))
    except Unreadable:  # the key of the site was changed; what is made is made once by itself, but for its secret
        return None


def keep_answer(user_id: int, *, key: str, code: int, body: str) -> None:
    """Keep what the request of a key is answered, for a day. Call it in the transaction of what the request does."""
    kept = encrypt(body, purpose=PURPOSE)
    KeptAnswer.objects.filter(user_id=user_id, key=key).update(http_code=code, body=kept)


def let_go(user_id: int, *, key: str) -> None:
    """Free a key whose request failed, so that it may be sent again, corrected or not."""
    KeptAnswer.objects.filter(user_id=user_id, key=key, http_code=None).delete()


def forget_answers(*, at: datetime) -> None:
    """Forget the answers of yesterday."""
    KeptAnswer.objects.filter(begun_at__lte=at - KEPT).delete()


def _taken_over(row: KeptAnswer, digest: str, at: datetime) -> bool:
    """Begin anew with a key that is free again; of two who try, one."""
    mine = KeptAnswer.objects.filter(pk=row.pk, begun_at=row.begun_at, http_code=row.http_code)
    return mine.update(begun_at=at, digest=digest, http_code=None, body="") == 1
