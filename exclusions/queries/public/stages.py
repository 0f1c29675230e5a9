"""The stages of one posted petition, with what is known of the day of each; no statement of its own."""

from dataclasses import dataclass
from datetime import date, datetime

from exclusions.models.public import PublicPetition
from exclusions.workflow.outcomes import DECIDED_AS
from exclusions.workflow.states import Stage

DONE, CURRENT, AHEAD = "done", "current", "ahead"
REVIEWED = (Stage.STAGE2, Stage.STAGE3)
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
        stops.append(Stop(label, petition.response_closes_at, DONE if over else CURRENT, missing))
    if petition.reply_closes_at:
        over = gone or stage != Stage.STAGE1 or petition.reply_closes_at < at
        before = stops[-1].state == DONE
        label = "Replies closed" if over else "Replies close"
        stops.append(Stop(label, petition.reply_closes_at, DONE if over else CURRENT if before else AHEAD))
    reviewing = stage in REVIEWED or (stage == Stage.STAGE1 and all(stop.state == DONE for stop in stops))
    review = CURRENT if reviewing else DONE if gone or stage == Stage.STAGE4 else AHEAD
    words = {CURRENT: petition.move or "Now", AHEAD: "To come", DONE: "Done"}
    stops.append(Stop("Review", None, review, words[review]))
    stops.append(_end(petition, missing))
    if stage == Stage.STAGE4 and petition.outcome:
        stops.append(Stop("Notice", None, CURRENT, "To come"))
    return stops


def _end(petition: PublicPetition, missing: str) -> Stop:
    """How it ended: decided, or closed in another way."""
    stage = petition.stage
    if petition.outcome:
        return Stop(DECIDED_AS[petition.outcome], petition.decided_on, DONE, missing)
    if stage in UNDECIDED:
        return Stop("Decision", None, CURRENT if stage == Stage.STAGE4 else AHEAD, "To come")
    day = petition.closing.get("on") if petition.closing else None
    return Stop(petition.get_stage_display(), date.fromisoformat(day) if day else None, DONE, missing)
