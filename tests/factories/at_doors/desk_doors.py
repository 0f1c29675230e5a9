"""The doors of the desk: acts on many cases, the next case, the team, saved views, notes and tags."""

from tests.factories.at_doors.door import ACTIONS, VIEWS, Door, nothing

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
    Door("desk.next_case.next_case", "reviewer1", "review-next", nothing, f"{VIEWS}desk.next_case.take_next"),
    Door(
        "desk.saved_views.keep",
        "reviewer1",
        "review-views",
        nothing,
        f"{VIEWS}desk.saved_views.save_view",
        {"name": "Pumps", "hts": "8413"},
    ),
    Door(
        "desk.saved_views.remove",
        "reviewer1",
        "review-view-remove",
        lambda world: {"view_id": 1},
        f"{VIEWS}desk.saved_views.remove_view",
    ),
    Door(
        "desk.at_desk.findings",
        "reviewer1",
        "case-findings",
        lambda world: {"reference": world.level1.reference},
        f"{DESK}at_desk.record_findings",
        {"availability-result": "neutral", "availability-reasons": "As the record shows."},
    ),
    Door(
        "desk.at_desk.agree",
        "reviewer1",
        "case-agree",
        lambda world: {"reference": world.level1.reference},
        f"{DESK}at_desk.agree",
        {"seen": "1", "agreed": "on"},
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
