"""The doors of a firm's desk."""

from collections.abc import Mapping
from typing import Any

from tests.factories.at_doors.door import ACTIONS, Door
from tests.factories.people import join, make_person
from tests.factories.world import World


def colleague(world: World) -> Mapping[str, Any]:
    """Let somebody else belong to who files the draft, and name them."""
    person = make_person("Jo Junior")
    acting = world.draft.filer_organization or world.draft.organization
    if not person.memberships.filter(organization=acting).exists():
        join(person, acting)
    return {"to": person.pk}


OF_FIRMS = (
    Door(
        "importer.handing.hand_over",
        "filer",
        "petition-hand-over",
        lambda world: {"petition_id": world.draft.pk},
        f"{ACTIONS}filing.handing.hand_over",
        colleague,
    ),
)
