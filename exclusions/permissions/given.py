"""What a filing gives in confidence and says in public, taken apart once: most of the work at a door of a case.

What is kept, in this process alone and for so many filings, is kept under all that it follows from: the form and the
answers themselves, and the names of files. Other answers are another entry, so that nothing can be out of date, and
what the code of tomorrow finds in the answers of today, it finds.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from exclusions.checks.confidential.leak_matcher import Matcher, Secret, Sort, plain_words
from exclusions.checks.confidential.spellings import LONG
from exclusions.checks.confidential.values import allowed, declared
from exclusions.permissions.leaks import names_as_secrets
from exclusions.questionnaires import Questionnaire

THEIRS = "A response: "  # leads the label of a value that a responder gave
FILINGS, MATCHERS = 512, 128  # that are kept


@dataclass(frozen=True)
class Given:
    """The confidential values of some answers, what these say of the filer that is public anyhow, and all they tell."""

    secrets: tuple[Secret, ...] = field(repr=False)
    known: tuple[str, ...] = field(repr=False)
    told: str = field(repr=False)


class _Form:
    """A form as part of a key: by which object it is, without reading through its questions."""

    def __init__(self, form: Questionnaire) -> None:
        self.form = form

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Form) and other.form is self.form

    def __hash__(self) -> int:
        return id(self.form)


def given_in_petition(form: Questionnaire, answers: Mapping[str, Any]) -> Given:
    """Return what these answers to a petition's form give."""
    return _given(_Form(form), json.dumps(answers))


def given_in_response(
    form: Questionnaire, answers: Mapping[str, Any], files: Iterable[tuple[str, str]]
) -> tuple[Secret, ...]:
    """Return what a responder gave in confidence and does not say in public itself.

    `files` are the confidential ones, as (key of the question, name).
    """
    return _given_in_response(_Form(form), json.dumps(answers), tuple(files))


def matcher_of(secrets: Iterable[Secret], known: Iterable[str], told: str | None = None) -> Matcher:
    """Return what looks for these values, but what is known to everybody or told in public answers already."""
    return _matcher(tuple(secrets), tuple(known), () if told is None else (told,))


@lru_cache(FILINGS)
def _given(form: _Form, answers: str) -> Given:
    cleaned = form.form.cleaned(json.loads(answers))
    secrets = declared(form.form, form.form.counted(cleaned))
    return Given(tuple(secrets), tuple(allowed(form.form, cleaned)), _public_words(form.form, cleaned))


@lru_cache(FILINGS)
def _given_in_response(form: _Form, answers: str, files: tuple[tuple[str, str], ...]) -> tuple[Secret, ...]:
    given = _given(form, answers)
    secrets = [*given.secrets, *names_as_secrets(files)]
    public = {hit.secret for hit in Matcher(secrets, given.known).find(given.told) if not _is_passage(hit.secret)}
    return tuple(replace(secret, label=f"{THEIRS}{secret.label}") for secret in secrets if secret not in public)


_matcher = lru_cache(MATCHERS)(Matcher)


def _public_words(form: Questionnaire, answers: Mapping[str, Any]) -> str:
    """Return the public answers as printed, one a line."""
    return "\n".join(row.value for row in form.printed(answers, public_only=True))


def _is_passage(secret: Secret) -> bool:
    return secret.sort is Sort.PHRASE and len(plain_words(secret.value)) >= LONG
