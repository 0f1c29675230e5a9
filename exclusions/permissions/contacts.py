"""The gate of a signature that asks for what was said outside of the docket and is in no log."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from exclusions.models import Petition

NONE_LEFT_OUT = "none"
ASK = "Confirm that the log shows every contact about this case. If one is missing, log it first."


def contacts_stated(petition: Petition, user: object, at: datetime, data: Mapping[str, Any] | None) -> list[str]:
    """Who signs states that every contact about the case is in its log (`contacts`: "none")."""
    return [] if data is None or data.get("contacts") == NONE_LEFT_OUT else [ASK]
