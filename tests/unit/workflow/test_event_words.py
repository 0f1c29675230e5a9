"""What an event is called: by its own words, as a transition or act of two persons, or by its name."""

from exclusions.permissions.case_entries import CASE_ENTRIES
from exclusions.workflow.event_words import WORDS, event_words


def test_words_of_events_are_words() -> None:
    assert event_words("round_made") == "Round made"
    assert event_words("enter_notice") == "Notice entered"
    assert event_words("post") == "Post to the docket"
    assert event_words("reset_password") == "End the password"
    assert event_words("no_such_kind") == "No such kind"
    assert CASE_ENTRIES.keys() <= WORDS.keys(), "what is put on the record of a case is an event of its name"
    assert not [words for words in WORDS.values() if "_" in words]
