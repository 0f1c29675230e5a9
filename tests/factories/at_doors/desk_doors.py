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
)
