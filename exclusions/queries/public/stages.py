"""The stages of one posted petition, with what is known of the day of each; no statement of its own."""

from dataclasses import dataclass
from datetime import date, datetime

from exclusions.models.public import PublicPetition
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.outcomes import DECIDED_AS
from exclusions.workflow.states import Stage

DONE, CURRENT, AHEAD = "done", "current", "ahead"
REVIEWED = (Stage.STAGE2, Stage.STAGE3)
CUT_SHORT = "Not run to its end"  # a period that the end of the petition ended
UNDECIDED = (Stage.STAGE1, Stage.STAGE2, Stage.STAGE3, Stage.STAGE4)


@dataclass(frozen=True)
class Stop:
    """One stage on the way of a petition. `when` None: not known, and `without` says why in words."""

    label: str
    when: date | datetime | None
    state: str
    without: str = ""


def stage_line(petition: PublicPetition, at: datetime) -> list[Stop]:
    """Return the stages of a petition in their order, with what is known of the day of each."""
    stage, gone = petition.stage, petition.stage not in UNDECIDED
    missing = "Not in the source" if petition.historical else "Not known"
    stops = [Stop("Posted", petition.posted_on, DONE, missing)]
    takes = petition.round is None or petition.round.accepts_responses
    if petition.response_closes_at or takes:
        over = gone or stage != Stage.STAGE1 or bool(petition.response_closes_at and petition.response_closes_at < at)
        label = "Responses closed" if over else "Responses close"
        stops.append(_period(label, petition.response_closes_at, DONE if over else CURRENT, petition, missing))
    if petition.reply_closes_at:
        over = gone or stage != Stage.STAGE1 or petition.reply_closes_at < at
        before = stops[-1].state == DONE
        label = "Replies closed" if over else "Replies close"
        state = DONE if over else CURRENT if before else AHEAD
        stops.append(_period(label, petition.reply_closes_at, state, petition, missing))
    reviewing = stage in REVIEWED or (stage == Stage.STAGE1 and all(stop.state == DONE for stop in stops))
    review = CURRENT if reviewing else DONE if gone or stage == Stage.STAGE4 else AHEAD
    words = {CURRENT: petition.move or "Now", AHEAD: "To come", DONE: "Done"}
    stops.append(Stop("Review", None, review, words[review]))
    stops.append(_end(petition, missing))
    if awaits_notice(petition):
        stops.append(Stop("Notice", None, CURRENT, "To come"))
    return stops


def awaits_notice(petition: PublicPetition) -> bool:
    """Whether it was granted, and the notice that brings its exclusion into force is to come."""
    return petition.stage == Stage.STAGE4 and bool(petition.outcome)


def _period(label: str, closes: datetime | None, state: str, petition: PublicPetition, missing: str) -> Stop:
    """How a period stands; one that the petition ended before has no day, which would stand before an earlier one."""
    ended = _ended_on(petition)
    if closes and ended and ended < eastern_date(closes):
        return Stop(label, None, state, CUT_SHORT)
    return Stop(label, closes, state, missing)


def _ended_on(petition: PublicPetition) -> date | None:
    """The day on which it was decided, or closed in another way; None where there is none, or it is not known."""
    if petition.outcome:
        return petition.decided_on
    day = petition.closing.get("on") if petition.closing and petition.stage not in UNDECIDED else None
    return date.fromisoformat(day) if day else None


def _end(petition: PublicPetition, missing: str) -> Stop:
    """How it ended: decided, or closed in another way."""
    stage = petition.stage
    if petition.outcome:
        return Stop(DECIDED_AS[petition.outcome], petition.decided_on, DONE, missing)
    if stage in UNDECIDED:
        return Stop("Decision", None, CURRENT if stage == Stage.STAGE4 else AHEAD, "To come")
    return Stop(petition.get_stage_display(), _ended_on(petition), DONE, missing)
