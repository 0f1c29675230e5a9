"""A password that says one word again and again is refused, whoever sets it and wherever."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

SENTENCE = "The password repeats one word or a few characters. Use several different words."


@pytest.mark.parametrize(
    "password",
    [
        *("passwordpassword", "PasswordPassword", "password password", "password-password1", "2024lanternlantern!"),
        *("abcabcabcabc", "aaaaaaaaaaaaa", "lanternlanternlant", "correcthorsecorrecthorse"),
    ],
)
def test_what_repeats_is_refused(password: str) -> None:
    with pytest.raises(ValidationError) as refused:
        validate_password(password)
    assert SENTENCE in refused.value.messages


@pytest.mark.parametrize("password", ["quiet lantern over water", "lantern over lantern", "Mississippi steam 47"])
def test_what_says_several_words_is_taken(password: str) -> None:
    validate_password(password)
