"""One door at which an action can be refused on a page; `tests.factories.doors` lists them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.factories.world import World

ACTIONS, VIEWS = "exclusions.actions.", "exclusions.views."
Of = Callable[[World], Mapping[str, Any]]


@dataclass(frozen=True)
class Door:
    """One door. `site` is the function of the views that meets the refusal, `action` what refuses, where it is found.

    `sent` may need the world.
    """

    site: str
    who: str
    name: str
    arguments: Of
    action: str
    sent: Mapping[str, Any] | Of = field(default_factory=dict)

    def form(self, world: World) -> Mapping[str, Any]:
        """Return what is sent."""
        return self.sent(world) if callable(self.sent) else self.sent


def nothing(world: World) -> Mapping[str, Any]:
    """Name nothing: the address stands for itself."""
    return {}
