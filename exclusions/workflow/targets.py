"""How many days a case should take in each status, as long as a team's lead sets no other target."""

from typing import Final

from exclusions.workflow.states import Status

# Calendar days of New York. Where the rules of a round set the period, the target is that period: 14 days for
# responses and 7 for replies (84 FR 29576), 14 to correct. The others are the product's own, for a team to change.
DEFAULT_DAYS: Final[dict[Status, int]] = {
    Status.SUBMITTED: 5,
    Status.RETURNED: 14,
    Status.POSTED: 14,
    Status.REPLYING: 7,
    Status.LEVEL1: 20,
    Status.LEVEL2: 10,
    Status.CONSISTENCY: 5,
    Status.LEGAL: 10,
    Status.DRAFTING: 5,
    Status.CUSTOMS: 10,
    Status.COMMITTEE: 10,
    Status.SIGNATURE: 5,
    Status.GRANTED: 10,
}
