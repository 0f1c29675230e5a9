"""The doors of the notices' pages."""

from collections.abc import Mapping
from typing import Any

from exclusions.models import Petition
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


# fmt: off
OF_NOTICES = (
    Door("agency.notices.notices", "publisher", "notices", nothing, f"{VIEWS}agency.notices.publish_notice", notice),
    Door("agency.notices.notice", "publisher", "notice", entered, f"{VIEWS}agency.notices.enter_ace_day",
         {"verb": "ace", "in_ace_on": "2030-01-02"}),
    Door("agency.notices.heading", "publisher", "notice-heading", nothing, PROPOSES, heading),
)
