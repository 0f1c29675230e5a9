"""Two versions of a text beside each other: nothing is lost of either, and what both have is not marked."""

from hypothesis import given, settings
from hypothesis import strategies as st

from exclusions.wording.differences import Piece, differences

WORDS = st.lists(st.sampled_from(["Slabs", " ", ",", "3.5", "m", "not over", "\n", "é", "(6810.99.0010)"]), max_size=12)


@settings(max_examples=60)
@given(WORDS, WORDS)
def test_the_pieces_are_the_versions(before: list[str], after: list[str]) -> None:
    old, new = "".join(before), "".join(after)
    left, right = differences(old, new)
    assert ("".join(piece.text for piece in left), "".join(piece.text for piece in right)) == (old, new)
    kept = ["".join(piece.text for piece in side if not piece.changed) for side in (left, right)]
    assert kept[0] == kept[1]


def test_a_number_is_one_word() -> None:
    left, right = differences("Slabs, over 3.5 m", "Slabs, over 3.2 m long")
    assert Piece("3.5", changed=True) in left
    assert Piece("3.2", changed=True) in right
    assert Piece("Slabs, over ", changed=False) in left
