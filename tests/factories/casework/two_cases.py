"""Who opens the page of two like cases: level 2 alone."""

from tests.factories.who_enters import CASE_STAFF, Row

OF_TWO_CASES = {
    "case-beside": Row(
        frozenset({"reviewer2", "second_reviewer2"}),
        lambda world: {"reference": world.signature.reference, "other": world.customs.reference},
        also=dict.fromkeys(CASE_STAFF - {"reviewer2", "second_reviewer2"}, 403),
    ),
}
