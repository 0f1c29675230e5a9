"""A clock at a given moment and, where asked for, loaded dice: the same site can be made twice, on two databases."""

import hashlib
import os
import random
from collections.abc import Callable
from datetime import datetime

import time_machine


def stand_at(moment: str) -> time_machine.Traveller:
    """Stop the process's clock at this moment (ISO, with its zone) and return what moves it."""
    return time_machine.travel(datetime.fromisoformat(moment), tick=False).start()


def load_dice(seed: str) -> None:
    """Let keys, codes and salts follow from the seed, so that both databases' sites share their stored files."""
    roll = _rolls(seed)
    os.urandom = roll  # uuid
    random._urandom = roll  # type: ignore[attr-defined]  # secrets, by way of SystemRandom


def _rolls(seed: str) -> Callable[[int], bytes]:
    state = hashlib.shake_256(seed.encode())
    used = 0

    def roll(size: int) -> bytes:
        nonlocal used
        used += size
        return state.digest(used)[-size:] if size else b""

    return roll
