"""The doors of the desk: acts on many cases, the next case, the team, saved views, notes and tags."""

from tests.factories.at_doors.door import ACTIONS, Door, nothing

DESK = f"{ACTIONS}desk."
OF_DESK = (
    Door(
        "desk.many.many_cases",
        "reviewer1",
        "review-many",
        nothing,
        f"{DESK}many.take_many",
        lambda world: {"act": "take", "chosen": [f"{world.level1.reference}:level1"], "reason": "Said."},
    ),
    Door(
        "desk.independence.own_view",
        "reviewer2",
        "case-own-view",
        lambda world: {"reference": world.level1.reference},
        f"{ACTIONS}review.independence.record_own_view",
        lambda world: {**dict.fromkeys(world.level1.round.criteria, "supports"), "outcome": "grant"},
    ),
    Door(
        "desk.independence.share",
        "admin",
        "staff-round-sample",
        lambda world: {"slug": world.level1.round.slug},
        f"{ACTIONS}review.independence.set_share",
        {"percent": "20"},
    ),
)
