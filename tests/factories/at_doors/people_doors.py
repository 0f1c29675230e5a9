"""The doors of a person's own affairs: API tokens, and who acts for them."""

from collections.abc import Mapping
from typing import Any

from tests.factories.at_doors.door import ACTIONS, VIEWS, Door, nothing
from tests.factories.people import written_without_seal
from tests.factories.world import World

TOKENS = f"{VIEWS}people.tokens.acts."


def one_without_seal(world: World) -> Mapping[str, Any]:
    """Let there be a row without a seal; nothing has to stand in the address."""
    written_without_seal()
    return {}


OF_PEOPLE = [
    Door(
        "people.tokens.tokens",
        "importer",
        "tokens",
        nothing,
        f"{TOKENS}make_own_token",
        {"name": "nightly import", "scopes": ["subscriptions:read"]},
    ),
    Door("people.tokens.end", "importer", "token-end", lambda world: {"key": 1}, f"{TOKENS}end_own_token"),
    Door(
        "people.seals.unsealed",
        "admin",
        "staff-seals",
        one_without_seal,
        f"{VIEWS}people.proposing.proposals.propose",
        {"reason": "The node that was forgotten went on for a minute."},
    ),
    Door(
        "people.watches.watches",
        "importer",
        "own-watches",
        nothing,
        f"{VIEWS}people.watches.keep_own",
        {"kind": "number", "key": "8413.81.0040", "channel": "email"},
    ),
    Door(
        "people.representation._answer",
        "importer",
        "petition-representation-revoke",
        lambda world: {"authorization_id": world.authorization.pk},
        f"{ACTIONS}people.authorizations.revoke",
    ),
]
