"""Does a public text repeat something that was given in confidence? (15 CFR 2006.15)

Looks for figures and names, not for meaning: a person still reads. For reasons of findings and decisions, by the very
matcher that the sweep of everything public uses.
"""

from collections.abc import Iterator, Mapping, Sequence

from exclusions.checks.confidential.matcher import Matcher, Secret, Sort
from exclusions.checks.confidential.values import of_text


def echoes(text: str, confidential: Mapping[str, Sequence[str]], already_public: str = "") -> list[str]:
    """Return the labels of the confidential values that the text repeats, in their order.

    `confidential` is {label: values}. What `already_public` holds as well (the public answers) is no secret and is not
    counted.
    """
    secrets = [
        secret for label, values in confidential.items() for value in values for secret in _secrets(label, value)
    ]
    found = {hit.secret.label for hit in Matcher(secrets, published=[already_public]).find(text)}
    return [label for label in confidential if label in found]


def _secrets(label: str, value: str) -> Iterator[Secret]:
    if value.replace(",", "").isdigit():
        yield Secret(label, label, value, Sort.FIGURE)
    else:
        yield from of_text(label, label, value)
