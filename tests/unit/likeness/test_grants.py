"""Which exclusion a grant led to: plain cases with high confidence, less plain ones with medium, others not at all."""

import pytest

from exclusions.likeness.grants import Candidate, led_to, words_of_name

NUMBER = "(described in statistical reporting number 8903.10.0060)"
KAYAKS = Candidate("kayaks", f"Inflatable boats, kayaks and canoes {NUMBER}", False)
PADDLES = Candidate("paddles", f"Paddles of wood {NUMBER}", False)
BOATS = Candidate("boats", f"Inflatable boats of rubber {NUMBER}", False)
WHOLE = Candidate("whole", "8903.10.0060", True)
LATER = Candidate("later", KAYAKS.text, False, is_grant=False)


@pytest.mark.parametrize(
    ("product", "candidates", "expected"),
    [
        ("Sea Eagle Inflatable Kayak", [KAYAKS], ("kayaks", "high")),
        ("Sea Eagle Sport Explorer Kayak", [KAYAKS], ("kayaks", "medium")),
        ("Model 370", [KAYAKS], None),
        ("Umbrella", [KAYAKS], None),
        ("Inflatable Kayak", [KAYAKS, PADDLES], ("kayaks", "high")),
        ("Inflatable Kayak", [KAYAKS, BOATS], ("kayaks", "high")),
        ("Inflatable boat", [KAYAKS, BOATS], None),
        ("Inflatable Kayak", [WHOLE], ("whole", "high")),
        ("Umbrella stand", [WHOLE, PADDLES], ("whole", "medium")),
        ("Inflatable Kayak", [KAYAKS, WHOLE], ("kayaks", "high")),
        ("Inflatable Kayak", [LATER], ("later", "medium")),
        ("Inflatable Kayak", [], None),
    ],
)
def test_a_grant_leads_where_number_and_words_are_plain(
    product: str, candidates: list[Candidate], expected: tuple[str, str] | None
) -> None:
    found = led_to(words_of_name(product, "Sea Eagle Boats, Inc."), candidates)
    assert (found and (found[0].key, found[1])) == expected


def test_words_of_three_letters_count_and_shorter_ones_do_not() -> None:
    assert words_of_name("Oil pan in zz", "Sea Eagle Boats, Inc.") == {"oil", "pan"}
