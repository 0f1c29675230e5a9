"""The doors of the desk: acts on many cases, the next case, the team, saved views, notes and tags."""

from tests.factories.at_doors.door import ACTIONS, VIEWS, Door, nothing
from tests.factories.desk.clusters import seen
from tests.factories.who_enters import cluster

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
        "desk.clusters.cluster",
        "reviewer1",
        "cluster",
        cluster,
        f"{DESK}cluster_changes.accept_cluster",
        {"verb": "accept", "reason": "All of them are slabs of quartz.", "revision": 0},
    ),
    Door(
        "desk.clusters.letters_again",
        "signatory",
        "cluster-letters",
        cluster,
        f"{VIEWS}desk.clusters.try_letters_again",
    ),
    Door(
        "desk.joint.joint",
        "reviewer1",
        "cluster-act",
        lambda world: {**cluster(world), "kind": "take"},
        f"{VIEWS}desk.joint.act_jointly",
        lambda world: {
            "chosen": [f"{one.reference}:{one.seen}" for one in seen([world.level1])],
            "confirmed": "1",
            "revision": 0,
        },
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
