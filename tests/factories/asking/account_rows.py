"""Who may open the pages of one's own account, and those of organizations and their members."""

from collections.abc import Mapping
from typing import Any

from tests.factories.who_enters import ANYBODY_SIGNED_IN, EVERYBODY, VETTERS, Row
from tests.factories.world import World


def organization(world: World, **more: Any) -> Mapping[str, Any]:
    """Name the requester's organization, which the importer administers."""
    return {"organization_id": world.posted.organization_id, **more}


OURS = frozenset({"importer"})  # belongs to it
OF_ACCOUNTS = {
    "session": Row(EVERYBODY),
    "signed-in-again": Row(ANYBODY_SIGNED_IN),
    "tokens": Row(ANYBODY_SIGNED_IN),
    # Nobody's: there is no such token, and no such watch.
    "token-end": Row(frozenset(), lambda world: {"key": 1}, others=405, posters=ANYBODY_SIGNED_IN),
    "own-watches": Row(ANYBODY_SIGNED_IN),
    "own-watch": Row(frozenset(), lambda world: {"key": 1}),
    "own-watch-stop": Row(frozenset(), lambda world: {"key": 1}, others=405, posters=frozenset()),
    "mail-settings": Row(ANYBODY_SIGNED_IN),
    "organizations": Row(ANYBODY_SIGNED_IN),
    "organization": Row(OURS, organization),
    "organization-invite": Row(OURS, organization, status=302),
    "organization-ask": Row(OURS, organization, status=302),
    "organization-remove": Row(OURS, lambda world: organization(world, key=1), status=302),
    "organization-role": Row(OURS, lambda world: organization(world, key=1), status=302),
    "organization-withdraw-invitation": Row(OURS, lambda world: organization(world, key=1), status=302),
    "organization-accept-listing": Row(OURS, lambda world: organization(world, key=1), status=302),
    "organization-end-listing": Row(OURS, lambda world: organization(world, key=1), status=302),
    "invitation": Row(frozenset(), lambda world: {"key": "none"}),
    # Nobody's: the requester is no association that files for its members.
    "petition-members": Row(frozenset(), lambda world: {"petition_id": world.posted.pk}),
    "staff-organizations": Row(VETTERS),
    "staff-assist": Row(frozenset({"intake"})),
    "staff-vet": Row(VETTERS, organization),
    "staff-merge": Row(
        frozenset({"admin"}),
        lambda world: {"one": world.posted.organization_id, "other": world.draft.filer_organization_id},
    ),
}
