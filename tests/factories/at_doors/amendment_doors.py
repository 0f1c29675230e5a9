"""The doors of technical amendments."""

from tests.factories.at_doors.door import ACTIONS, VIEWS, Door
from tests.factories.notices.amendments import waiting
from tests.factories.who_enters import wording

SAID = {"text": "Slabs of quartz (6810.99.0010)", "reason": "The notice left the polished backs out."}
OF_AMENDMENTS = (
    Door("notices.amendments.amend", "publisher", "staff-exclusion-amend", wording,
         f"{ACTIONS}people.proposals.propose", SAID),
    Door("notices.amendments.amendment", "publisher", "amendment",
         lambda world: {"key": waiting(world.exclusion).pk}, f"{VIEWS}notices.amendments.publish_amendment",
         {"citation": "84 FR 38717", "published_on": "2019-07-08"}),
)  # fmt: skip
