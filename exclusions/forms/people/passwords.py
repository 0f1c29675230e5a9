"""Passwords that everybody can guess: with a name in them (the person's, their firm's, a word of this site), or one
word said again and again."""

import re
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

SITE = ("tradecases", "tariff", "petition", "exclusion", "section301")
SHORTEST = 4
LONGEST = 64  # letters of what is looked for a second time
MOST = 1000  # characters of a password that are looked at: nobody guesses what has more
# In the names of so many firms and at so many mail services that they name nobody.
GENERAL = {
    *("associates", "company", "corporation", "group", "holdings", "incorporated", "industries", "international"),
    *("limited", "partners", "services", "trading", "with"),
    *("gmail", "hotmail", "mail", "outlook", "yahoo"),
}


class NamesValidator:
    """Refuses a password with such a name in it, however it is written or separated."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError, naming the word."""
        plain = "".join(_split_words(password[:MOST]))
        for word in (*SITE, *_names(user)):
            if word in plain:
                raise ValidationError(
                    _(
                        "The password contains “%(word)s”, which others can guess. Do not use your name, your "
                        "organization’s name or a word of this site."
                    )
                    % {"word": word},
                    code="password_holds_a_name",
                )

    def get_help_text(self) -> str:
        """Return the rule as it stands beside the field."""
        return _(
            "Your password can’t use your name, your organization’s name or a word of this site, such as “tariff”."
        )


class RepeatsValidator:
    """Refuses a password that is one word or a few characters said again and again, with figures or signs at its ends
    or without: it is as easy to guess as what it repeats, however long it is."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError."""
        plain = "".join(_split_words(password[:MOST]))
        letters = plain.strip("0123456789")
        if _repeats(plain) or _repeats(letters):
            raise ValidationError(
                _("The password repeats one word or a few characters. Use several different words."),
                code="password_repeats",
            )

    def get_help_text(self) -> str:
        """Return the rule as it stands beside the field."""
        return "Your password can’t repeat one word or a few characters, such as “lanternlantern”."


def _repeats(text: str) -> bool:
    """Whether a text goes on as it began after at most half its length; what repeats has at most LONGEST letters."""
    halves = range(1, min(len(text) // 2, LONGEST) + 1)
    return any(text[length:] == text[:-length] for length in halves)


def _names(user: Any) -> Iterator[str]:
    """Yield the words of the person's name and address and of their organizations, as they are looked for."""
    if user is None:
        return
    full_name = str(getattr(user, "full_name", ""))
    address, _at, host = str(getattr(user, "email", "")).partition("@")
    said = [full_name, address, host.rpartition(".")[0]]
    if user.pk:
        said += user.memberships.values_list("organization__legal_name", flat=True)
    for words in map(_split_words, said):
        # "Al Fox" has no long word; together they are one.
        yield from (word for word in [*words, "".join(words)] if len(word) >= SHORTEST and word not in GENERAL)


def _split_words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())
