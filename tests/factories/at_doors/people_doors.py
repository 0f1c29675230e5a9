"""The doors of a person's own affairs: API tokens, and who acts for them."""

from tests.factories.at_doors.door import ACTIONS, VIEWS, Door, nothing

TOKENS = f"{VIEWS}people.tokens.acts."
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
