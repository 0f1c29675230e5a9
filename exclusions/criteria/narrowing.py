"""Why less is granted than was asked, in coded reasons, and who proposed it."""

from collections.abc import Mapping

# Each rests on something of the record (`exclusions.permissions.narrowing`), as a code of a denial does.
NARROWING_REASONS: Mapping[str, str] = {
    "NR1": "U.S. Customs and Border Protection could not administer the product as it was asked for.",
    "NR2": "Opposition was credited for a part of what was asked for.",
    "NR3": "The requester narrowed the product itself, in a reply to a response.",
    "NR4": (
        "A part of what was asked for is subject to an antidumping or countervailing duty order, or is covered by "
        "another exclusion."
    ),
    "NR5": "Another reason, stated in the decision.",
}

PROPOSERS: Mapping[str, str] = {
    "requester": "The requester",
    "responder": "A responder",
    "level1": "Level 1",
    "level2": "Level 2",
    "legal": "The Office of General Counsel",
    "drafter": "The drafter of the product text",
    "customs": "U.S. Customs and Border Protection",
    "committee": "The Section 301 Committee",
}
