"""The doors of the desk: acts on many cases, the next case, the team, saved views, notes and tags."""

from exclusions.models import User
from tests.factories.at_doors.door import ACTIONS, VIEWS, Door, nothing
from tests.factories.at_doors.file_doors import OF_FILES
from tests.factories.casework.clusters import seen
from tests.factories.casework.inquiries import asked
from tests.factories.who_enters import cluster
from tests.factories.world import World

DESK = f"{ACTIONS}casework."
TEAM = f"{DESK}team."


def led(world: World) -> dict[str, int]:
    """Let the level 2 reviewer lead the team, and name nothing."""
    User.objects.filter(email="sam.senior@example.test").update(leads=True)
    return {}


def from_other(world: World) -> dict[str, object]:
    """Hand on the cases of the other level 2 reviewer."""
    return {"move-person": User.objects.get(email="tess.senior@example.test").pk, "move-reason": "Away for long."}


def away(world: World) -> dict[str, object]:
    """Enter an absence of the other level 2 reviewer."""
    person = User.objects.get(email="tess.senior@example.test").pk
    return {"away-person": person, "away-first_day": "2030-01-02", "away-last_day": "2030-01-09"}


OF_DESK = (
    *OF_FILES,
    Door(
        "casework.case.notes.case_notes",
        "reviewer1",
        "case-notes",
        lambda world: {"reference": world.level1.reference},
        f"{DESK}notes.write_note",
        {"text": "Look at the price."},
    ),
    Door(
        "casework.case.arguments.arguments",
        "reviewer1",
        "case-arguments",
        lambda world: {"reference": world.level1.reference},
        f"{ACTIONS}review.arguments.take_suggestions",
        {"act": "take"},
    ),
    Door(
        "casework.case.notes.case_tag",
        "reviewer1",
        "case-tag",
        lambda world: {"reference": world.level1.reference, "verb": "put"},
        f"{DESK}notes.put_tag",
        {"tag": "1"},
    ),
    Door(
        "casework.case.notes.team_tag", "reviewer2", "review-team-tags", led, f"{DESK}notes.make_tag", {"name": "Pumps"}
    ),
    Door("casework.team.team", "reviewer2", "review-team", led, f"{TEAM}reassign", from_other),
    Door(
        "casework.team.target",
        "reviewer2",
        "review-team-target",
        led,
        f"{TEAM}set_target",
        {"status": "level2", "days": "12"},
    ),
    Door("casework.team.absence", "reviewer2", "review-absences", led, f"{TEAM}enter_absence", away),
    Door(
        "casework.team.absence_withdraw",
        "reviewer2",
        "review-absence-withdraw",
        lambda world: {**led(world), "absence_id": 1},
        f"{TEAM}withdraw_absence",
    ),
    Door(
        "casework.many.many_cases",
        "reviewer1",
        "review-many",
        nothing,
        f"{DESK}many.take_many",
        lambda world: {"act": "take", "chosen": [f"{world.level1.reference}:level1"], "reason": "Said."},
    ),
    Door(
        "casework.clusters.cluster",
        "reviewer1",
        "cluster",
        cluster,
        f"{DESK}cluster_changes.accept_cluster",
        {"verb": "accept", "reason": "All of them are slabs of quartz.", "revision": 0},
    ),
    Door(
        "casework.clusters.propose",
        "reviewer1",
        "clusters-propose",
        nothing,
        f"{DESK}cluster_changes.refuse_unless_lead",
    ),
    Door(
        "casework.clusters.letters_again",
        "signatory",
        "cluster-letters",
        cluster,
        f"{VIEWS}casework.clusters.try_letters_again",
    ),
    Door(
        "casework.joint.joint",
        "reviewer1",
        "cluster-act",
        lambda world: {**cluster(world), "kind": "take"},
        f"{VIEWS}casework.joint.act_jointly",
        lambda world: {
            "chosen": [f"{one.reference}:{one.seen}" for one in seen([world.level1])],
            "confirmed": "1",
            "revision": 0,
        },
    ),
    Door("casework.next_case.next_case", "reviewer1", "review-next", nothing, f"{VIEWS}casework.next_case.take_next"),
    Door(
        "casework.saved_views.keep",
        "reviewer1",
        "review-views",
        nothing,
        f"{VIEWS}casework.saved_views.save_view",
        {"name": "Pumps", "hts": "8413"},
    ),
    Door(
        "casework.saved_views.remove",
        "reviewer1",
        "review-view-remove",
        lambda world: {"view_id": 1},
        f"{VIEWS}casework.saved_views.remove_view",
    ),
    Door(
        "casework.case.at_desk.findings",
        "reviewer1",
        "case-findings",
        lambda world: {"reference": world.level1.reference},
        f"{DESK}at_desk.record_findings",
        {"availability-result": "neutral", "availability-reasons": "As the record shows."},
    ),
    Door(
        "casework.case.at_desk._cite",
        "reviewer1",
        "case-findings",
        lambda world: {"reference": world.level1.reference},
        f"{VIEWS}casework.case.at_desk.add_citations",
        {"cite": "1"},
    ),
    Door(
        "casework.case.at_desk.agree",
        "reviewer1",
        "case-agree",
        lambda world: {"reference": world.level1.reference},
        f"{DESK}at_desk.agree",
        {"seen": "1", "agreed": "on"},
    ),
    Door(
        "casework.case.own_view.own_view",
        "reviewer2",
        "case-own-view",
        lambda world: {"reference": world.level1.reference},
        f"{ACTIONS}review.own_view.record_own_view",
        lambda world: {**dict.fromkeys(world.level1.round.criteria, "supports"), "outcome": "grant"},
    ),
    Door(
        "casework.case.own_view.share",
        "admin",
        "staff-round-sample",
        lambda world: {"slug": world.level1.round.slug},
        f"{ACTIONS}review.own_view.set_share",
        {"percent": "20"},
    ),
    Door(
        "casework.case.inquiries.answer_inquiry",
        "importer",
        "petition-inquiry",
        lambda world: {"petition_id": world.level1.pk, "number": asked(world.level1).number},
        f"{ACTIONS}review.inquiries.answer",
        {"text": "The honed one."},
    ),
    Door(
        "casework.case.beside.beside",
        "reviewer2",
        "case-beside",
        lambda world: {"reference": world.signature.reference, "other": world.customs.reference},
        f"{ACTIONS}transitions.take",
        lambda world: {"which": world.customs.reference, "reason": "Its findings cite what the record does not say."},
    ),
    Door(
        "casework.case.inquiries.take_back_inquiry",
        "reviewer1",
        "case-inquiry-back",
        lambda world: {"reference": world.level1.reference, "number": asked(world.level1).number},
        f"{ACTIONS}review.inquiries.take_back",
    ),
)
