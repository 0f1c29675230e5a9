"""The doors of the notices' pages."""

from collections.abc import Mapping
from typing import Any

from exclusions.models import ExclusionTerm, NoticeDraft, NoticeItem, Petition, User
from exclusions.workflow.roles import Role
from exclusions.workflow.states import Status
from tests.factories.at_doors.door import ACTIONS, VIEWS, Door, nothing
from tests.factories.world import World

SAID = {"reason": "The citation is wrong."}
PROPOSES = f"{ACTIONS}people.proposals.propose"


def notice(world: World) -> Mapping[str, Any]:
    """Publish every granted case."""
    granted = [petition.reference for petition in Petition.objects.filter(status=Status.GRANTED)]
    return {"cases": granted, "citation": "84 FR 38717", "published_on": "2019-07-09", "confirmed": "on"}


def entered(world: World) -> Mapping[str, Any]:
    """Name the notice of the published petition."""
    return {"notice_id": world.published.notice_cases.get().notice_id}


def heading(world: World) -> Mapping[str, Any]:
    """Propose a heading that nothing uses yet."""
    return {"action": world.published.decision.exclusion.action_id, "heading": "9903.88.70", "note": "20(vvv)", **SAID}


def draft(world: World) -> Mapping[str, Any]:
    """Name a notice that was drafted of an exclusion that applies."""
    known = NoticeDraft.objects.order_by("-pk").first()
    return {"draft_id": known.pk if known else made(world)}


def made(world: World) -> int:
    """Draft a notice that extends the exclusion of the world, and return its key."""
    term = ExclusionTerm.objects.filter(exclusion=world.exclusion).latest("pk")
    publisher = User.objects.get(role=Role.PUBLISHER)
    drafted = NoticeDraft.objects.create(created_by=publisher, created_at=world.published.status_since)
    NoticeItem.objects.create(
        draft=drafted, kind=NoticeItem.Kind.EXTENSION, exclusion=world.exclusion, term=term, heading=term.heading,
        note=term.note, number=9, starts_on=term.valid_from, text="6810.99.0010",
    )  # fmt: skip
    return drafted.pk


def granted(world: World) -> Mapping[str, Any]:
    """Choose every granted case."""
    return {"cases": notice(world)["cases"]}


def withdrawn(world: World) -> Mapping[str, Any]:
    """Withdraw the exclusion of the published petition."""
    return {
        "exclusions": world.published.decision.exclusion.reference,
        "last_day": "2020-01-31",
        "reason": "The goods are made in Ohio again, as the record shows.",
    }


# fmt: off
OF_NOTICES = (
    Door("notices.notices.notices", "publisher", "notices", nothing, f"{VIEWS}notices.notices.publish_notice", notice),
    Door("notices.notices.notice", "publisher", "notice", entered, f"{VIEWS}notices.notices.enter_ace_day",
         {"verb": "ace", "in_ace_on": "2030-01-02"}),
    Door("notices.notice_drafts.notice_drafts", "publisher", "notice-drafts", nothing,
         f"{ACTIONS}notices.drafting.draft_notice", granted),
    Door("notices.notice_drafts.notice_draft", "publisher", "notice-draft", draft,
         f"{ACTIONS}notices.drafting.drop_draft", {"verb": "drop"}),
    Door("notices.notice_drafts.withdraw", "legal", "notice-withdraw", nothing,
         f"{ACTIONS}notices.drafting.draft_withdrawal", withdrawn),
    Door("notices.notices.heading", "publisher", "notice-heading", nothing, PROPOSES, heading),
)
