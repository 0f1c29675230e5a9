"""Each status says to every reader what it means, or by name that it means nothing there, and why."""

from pathlib import Path

import pytest
from django.conf import settings

from exclusions.workflow.roles import OWNERS, STAFF, Role
from exclusions.workflow.states import (
    CLOSED,
    NO_WORK,
    STATUSES,
    TONE_OF_STAGE,
    Mover,
    Stage,
    Status,
    Tone,
    Without,
    worklist_of,
)
from exclusions.workflow.transitions import CLOSINGS, OUT_OF_COURSE, TRANSITIONS, in_course


@pytest.mark.parametrize("status", list(Status))
def test_a_status_declares_its_stage_worklist_mover_and_withdrawal_or_why_it_has_none(status: Status) -> None:
    assert status in STATUSES, f"“{status.label}” has no row: declare it in exclusions/workflow/states.py."
    row = STATUSES[status]
    assert isinstance(row.tone, Tone)
    for declared in (row.stage, row.worklist, row.mover, row.withdrawal):
        if isinstance(declared, Without):
            assert len(declared.why) > 20, f"“{status.label}” does not say why it has none: {declared}"
        else:
            assert declared in (*Stage, *STAFF, *Mover, True), f"“{status.label}” declares {declared!r}."
    assert bool(row.does) != isinstance(row.mover, Without)


@pytest.mark.parametrize("status", list(Status))
def test_whoever_moves_a_petition_finds_it_in_a_worklist(status: Status) -> None:
    row, leaving = STATUSES[status], in_course(status)
    staff = frozenset[Role]().union(*(transition.roles for transition in leaving)) & STAFF
    if isinstance(row.worklist, Role):
        # Intake posts the responses to a petition that only the clock moves on.
        assert row.worklist in (staff or {Role.INTAKE}), f"{row.worklist} cannot move a petition that is {status}."
        assert status in worklist_of(row.worklist)
    else:
        assert row.worklist is not NO_WORK or not staff, f"{staff} may move a case that is {status}: who finds it?"


@pytest.mark.parametrize("status", list(Status))
def test_the_next_move_is_that_of_somebody_who_has_one(status: Status) -> None:
    movers = {role for transition in in_course(status) for role in transition.roles}
    allowed = {
        Mover.REQUESTER: OWNERS,
        Mover.AGENCY: STAFF - {Role.CUSTOMS},
        Mover.CUSTOMS: {Role.CUSTOMS},
        Mover.ANYONE: {Role.CLOCK},
    }
    mover = STATUSES[status].mover
    if isinstance(mover, Without):
        assert not movers, f"{movers} can move a petition that is {status}, which says: {mover.why}"
    else:
        assert movers & allowed[mover], f"{mover} is said to move a petition that is {status}, and cannot."


def test_a_closed_status_is_one_that_no_transition_leaves_in_the_course_of_a_case() -> None:
    assert {status for status in Status if not in_course(status)} == CLOSED
    for name in OUT_OF_COURSE:
        closed_before_or_by_it = {TRANSITIONS[name].target} if name in CLOSINGS else TRANSITIONS[name].sources
        assert closed_before_or_by_it & CLOSED
        assert TRANSITIONS[name].needs_reason


@pytest.mark.parametrize("status", [status for status, row in STATUSES.items() if row.editable])
def test_answers_that_may_be_changed_are_checked_and_certified_before_the_agency_has_them(status: Status) -> None:
    assert isinstance(STATUSES[status].stage, Without)
    onward = [transition for transition in in_course(status) if transition.target not in CLOSED]
    assert onward
    assert all({"answers_pass", "certified"} <= set(transition.gates) for transition in onward)


def test_every_status_but_the_draft_is_reached() -> None:
    assert {transition.target for transition in TRANSITIONS.values()} == set(Status) - {Status.DRAFT}


def test_every_status_and_stage_has_a_colour_that_the_style_sheet_knows() -> None:
    css = Path(settings.BASE_DIR, "static", "css", "site.css").read_text(encoding="utf-8")
    for tone in {*TONE_OF_STAGE.values(), *(row.tone for row in STATUSES.values())} - {Tone.QUIET}:
        assert f".tc-tag--{tone} " in css
    assert set(TONE_OF_STAGE) == set(Stage)
    shared = {status: row.tone for status, row in STATUSES.items() if status.value in Stage.values}
    assert {status: TONE_OF_STAGE[Stage(status.value)] for status in shared} == shared
