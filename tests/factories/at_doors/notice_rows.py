"""Who may open the pages of notices, drafted and published."""

from collections.abc import Mapping
from typing import Any

from tests.factories.at_doors.notice_doors import draft
from tests.factories.who_enters import EVERYBODY, Row
from tests.factories.world import World

READERS = frozenset({"publisher", "legal", "signatory"})


def public_notice(world: World) -> Mapping[str, Any]:
    """Name the notice of the published petition."""
    return {"number": world.published.notice_cases.get().notice_id}


OF_DRAFTS: dict[str, Row] = {
    "notice-drafts": Row(frozenset({"publisher"}), others=403),
    "notice-draft": Row(READERS, draft, others=403),
    "notice-draft-file": Row(READERS, lambda world: {**draft(world), "kind": "csv"}, others=403),
    "notice-withdraw": Row(frozenset({"legal"}), others=403),
    "published-notices": Row(EVERYBODY),
    "published-notice": Row(EVERYBODY, public_notice),
    "published-notice-file": Row(EVERYBODY, lambda world: {**public_notice(world), "kind": "csv"}),
}
