"""Two windows on one draft: what was typed is kept, what was only shown puts nothing old back."""

from typing import Any

import pytest

from exclusions.queries.importer.three_way import merge, seen_after, seen_text
from exclusions.questionnaires import get

FORM = get("petition-2019")
BEFORE: dict[str, Any] = {"product_name": "Slabs", "product_function": "Work surfaces.", "is_set": "no"}
KEYS = ["product_name", "product_function", "is_set", "is_part"]
SEEN = seen_text(FORM, BEFORE, KEYS)


def sent(**changes: Any) -> dict[str, Any]:
    """What the page sends with these answers changed on it."""
    return {**BEFORE, "is_part": "", **changes}


@pytest.mark.parametrize(
    ("elsewhere", "here", "changed", "conflicts"),
    [
        ({}, {}, {}, []),
        ({}, {"product_name": "Tops"}, {"product_name": "Tops"}, []),
        ({"product_function": "New."}, {"product_name": "Tops"}, {"product_name": "Tops"}, []),
        ({"product_function": "New."}, {}, {}, []),
        ({"product_name": "Theirs"}, {"product_name": "Tops"}, {"product_name": "Tops"}, ["product_name"]),
        ({"product_name": "Tops"}, {"product_name": "Tops"}, {}, []),
        ({"product_name": ""}, {"product_name": "Tops"}, {"product_name": "Tops"}, ["product_name"]),
        ({"product_name": "Theirs"}, {"product_name": ""}, {"product_name": ""}, ["product_name"]),
        ({}, {"is_set": "yes", "is_part": "no"}, {"is_set": "yes", "is_part": "no"}, []),
    ],
)
def test_only_what_was_changed_here_is_saved_or_in_conflict(
    elsewhere: dict[str, Any], here: dict[str, Any], changed: dict[str, Any], conflicts: list[str]
) -> None:
    found = merge(FORM, FORM.clean({**BEFORE, **elsewhere}), sent(**here), SEEN)
    assert (found.changed, found.conflicts) == (changed, conflicts)


def test_a_question_that_the_page_did_not_ask_is_not_emptied_by_it() -> None:
    stored = {**BEFORE, "part_connection": "A pump"}
    assert merge(FORM, stored, sent(part_connection=""), SEEN).changed == {}
    typed = merge(FORM, stored, sent(part_connection="A valve"), SEEN)
    assert (typed.changed, typed.conflicts) == ({"part_connection": "A valve"}, ["part_connection"])


def test_the_page_that_stays_open_still_shows_what_it_showed() -> None:
    stored = {**BEFORE, "product_name": "Tops", "product_function": "Theirs."}
    here = sent(product_name="Tops")
    seen = seen_after(FORM, stored, here, SEEN)
    assert merge(FORM, stored, here, seen).changed == {}
    later = merge(FORM, stored, {**here, "product_name": "Boards"}, seen)
    assert (later.changed, later.conflicts) == ({"product_name": "Boards"}, [])
    own = merge(FORM, stored, {**here, "product_function": "Mine."}, seen)
    assert own.conflicts == ["product_function"]
