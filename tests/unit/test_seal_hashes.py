"""What the hash of a seal is over: what it says, as JSON writes it."""

import hashlib
import json

from hypothesis import given
from hypothesis import strategies as st

from exclusions.models.seals import link


@given(st.text(), st.integers(min_value=0), st.lists(st.text(), max_size=5))
def test_the_hash_of_a_seal_is_over_the_list_of_what_it_says_as_json(
    previous: str, number: int, words: list[str]
) -> None:
    written = json.dumps([previous, number, *words])
    assert link(previous, number, *words) == hashlib.sha256(written.encode()).hexdigest()
