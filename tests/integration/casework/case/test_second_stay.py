"""A case that was sent back: what was entered on its first way through is on the record, and carries it no further."""

from collections.abc import Callable

import pytest

from exclusions.errors import ActionRefused
from tests.factories.casework.ways import TO_LEGAL
from tests.factories.petitions import Journey

FIRST = {
    "recommend": "Record the level 1 recommendation first.",
    "concur": "Record the level 2 recommendation first.",
    "confirm_consistency": "Record which petitions you compared",
    "clear_for_drafting": "Record the legal review first.",
}


def test_each_desk_makes_its_entry_anew(journey: Callable[[], Journey]) -> None:
    case = journey()
    case.take(*TO_LEGAL)
    case.prepare("clear_for_drafting")
    case.take("reopen")
    for transition, sentence in FIRST.items():
        with pytest.raises(ActionRefused, match=sentence):
            case.act(transition)
        case.take(transition)
