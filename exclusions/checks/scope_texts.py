"""The answers that define the product, and what the rules of product texts say of them, in the filer's words."""

from collections.abc import Collection, Iterator
from functools import lru_cache

from exclusions.checks.result import Answers, CheckResult, Facts, Form
from exclusions.wording import Known, Remark, lint

# Name, description and features define the scope; the function explains it.
SCOPE_KEYS = ("product_name", "product_description", "unique_features")
PRODUCT_KEYS = ("product_name", "product_description", "product_function", "unique_features")
SUBJECTS = {
    "product_name": "Your product name",
    "product_description": "Your description",
    "product_function": "Your text on the function",
    "unique_features": "Your text on the features",
}


def in_staff_words(message: str) -> str:
    """Return what a filer was told, as it is said to staff: “The description …” for “Your description …”."""
    for subject in SUBJECTS.values():
        if message.startswith(f"{subject} "):
            return f"The {subject.removeprefix('Your ')}{message.removeprefix(subject)}"
    return message


def texts(form: Form, answers: Answers, keys: tuple[str, ...] = PRODUCT_KEYS) -> Iterator[tuple[str, str]]:
    """(key, text) of the answers to these questions that were given."""
    for key in keys:
        text = answers.get(key)
        if isinstance(text, str) and text and key in form.public_keys:
            yield key, text


def remarks(
    form: Form, answers: Answers, facts: Facts, rules: Collection[str], keys: tuple[str, ...] = SCOPE_KEYS
) -> Iterator[CheckResult]:
    """Yield what these rules say of the answers to these questions, as errors and warnings of the form.

    An error is what the notices will not consider: a trademark, a company, a consumer, actual or chief use (84 FR
    29576). In the text on the function, which defines nothing, it is a warning but for names.
    """
    own = tuple(dict.fromkeys([*facts.names, *_own_names(answers)]))
    for key, text in texts(form, answers, keys):
        for remark in _linted(text, own):
            if remark.rule in rules:
                explains = key == "product_function" and remark.rule not in ("brand", "model", "company", "requester")
                level = "warning" if explains else remark.severity
                yield CheckResult(level, key, remark.said_of(SUBJECTS[key]), remark.remedy)


@lru_cache(maxsize=256)
def _linted(text: str, own: tuple[str, ...]) -> tuple[Remark, ...]:
    requester, *others = own or ("",)
    found = lint(text, Known(requester=requester, organizations=tuple(others)))
    for name in others:  # each of the filer's names counts in its short form too
        found += [r for r in lint(text, Known(requester=name)) if r.rule == "requester" and r not in found]
    return tuple(found)


def _own_names(answers: Answers) -> list[str]:
    keys = ("org_legal_name", "third_party_name", "importer_of_record")
    return [str(answers[key]) for key in keys if answers.get(key)]
