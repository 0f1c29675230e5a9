"""What a returned petition is to be corrected for, as its filer reads it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from exclusions.facts.forms import petition_form
from exclusions.models import Petition
from exclusions.permissions.cures import changed_since_return, open_cure
from exclusions.workflow.deadlines import window_refusal
from exclusions.workflow.states import Status


@dataclass(frozen=True)
class Point:
    """One question to correct: where its answer stands, what to do, and whether the answer was changed since."""

    key: str
    step: str
    label: str
    remedy: str
    changed: bool


@dataclass(frozen=True)
class OpenCure:
    """The points of the return that a petition waits for, until when, and whether anything was changed since.

    `late` says that the last day has passed, "" until then.
    """

    points: list[Point]
    closes_at: datetime
    late: str
    changed: bool

    def points_about(self, key: str) -> list[Point]:
        """Return the points that ask for a correction of one question."""
        return [point for point in self.points if point.key == key]


def cure_of(petition: Petition, at: datetime) -> OpenCure | None:
    """Return what a returned petition is to be corrected for; None of every other, and of one returned with a note."""
    cure = open_cure(petition)
    if cure is None:
        return None
    form, changed = petition_form(petition.round), changed_since_return(petition)
    return OpenCure(
        points=[_point(point, form.question(point["question"]).step, changed) for point in cure.points],
        closes_at=cure.closes_at,
        late=window_refusal(None, cure.closes_at, at, what="The period to correct this petition"),
        changed=bool(changed),
    )


def is_unchanged(petition: Petition, cure: OpenCure | None) -> bool:
    """Say whether a returned petition would be submitted again just as it was; `cure` is its own, where it has one."""
    if cure is not None:
        return not cure.changed
    return petition.status == Status.RETURNED and not changed_since_return(petition)


def _point(point: dict[str, Any], step: str, changed: list[str]) -> Point:
    return Point(point["question"], step, point["label"], point["remedy"], point["question"] in changed)
