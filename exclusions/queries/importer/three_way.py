"""Two windows on one draft, compared three ways: what the page was made from, what is stored now, what was sent.

Only what was changed on the page itself is saved, and only that can be in conflict: an answer which the page shows as
it was, while somebody changed it elsewhere, is no wish to have the old one back.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from exclusions.questionnaires import Questionnaire


@dataclass(frozen=True)
class Merge:
    """What to save: the answers changed on the page. Those among them that were changed elsewhere too, otherwise."""

    changed: dict[str, Any] = field(default_factory=dict)
    conflicts: list[str] = field(default_factory=list)


def seen_text(form: Questionnaire, answers: Mapping[str, Any], keys: Iterable[str]) -> str:
    """Return what a page of these questions carries of the answers that it was made from: "key=digest", spaced."""
    return " ".join(f"{key}={_digest(form, key, answers.get(key))}" for key in sorted(keys))


def seen_after(form: Questionnaire, stored: Mapping[str, Any], sent: Mapping[str, Any], seen: str) -> str:
    """Return what the page that was saved and stays open carries from now on.

    An answer changed elsewhere is still shown there as it was, so that what the page was made from stays the same.
    """
    before, shown = _read(seen), {}
    for key in sorted(before.keys() | sent.keys()):
        now = _digest(form, key, stored.get(key))
        shown[key] = now if key in sent and _digest(form, key, sent[key]) == now else before.get(key, now)
    return " ".join(f"{key}={digest}" for key, digest in shown.items())


def merge(form: Questionnaire, stored: Mapping[str, Any], sent: Mapping[str, Any], seen: str) -> Merge:
    """Compare what was sent with what the page was made from (`seen`) and with what is stored."""
    before, found = _read(seen), Merge()
    for key, value in sent.items():
        was, now, is_ = before.get(key), _digest(form, key, stored.get(key)), _digest(form, key, value)
        if is_ in (was, now) or (was is None and value in ("", [], {})):
            continue  # not changed on the page, changed to the same elsewhere, or not asked by the page as it was
        found.changed[key] = value
        if was != now:
            found.conflicts.append(key)
    return found


def _read(seen: str) -> dict[str, str]:
    return dict(part.split("=", 1) for part in seen.split() if "=" in part)


def _digest(form: Questionnaire, key: str, value: Any) -> str:
    """Return a short text that changes with the answer; one that was not given has its own."""
    kept = form.clean({key: value}).get(key)
    return hashlib.sha256(json.dumps(kept, sort_keys=True).encode()).hexdigest()[:12]
