"""The answers that define the product, and how to put right a text that leans on what cannot define one."""

import re
from collections.abc import Iterator

from exclusions.checks.result import Answers, Form

# Name, description and features define the scope; the function explains it.
SCOPE_KEYS = ("product_name", "product_description", "unique_features")
PRODUCT_KEYS = ("product_name", "product_description", "product_function", "unique_features")
EXAMPLE = (
    '"ball valves, hand operated, of steel, of a nominal bore over 12 mm but not over 20 mm, for a pressure not over '
    '10 bar"'
)
_OFFENCE = re.compile(
    r"\b(?:used|consumed|purchased|bought|imported|resold|sold|made|by|for|to|brand(?:ed)?|trade[- ]?mark\w{0,9}"
    r"|trade names?|model|chiefly|principally|primarily|mainly|actually)\b|\w{0,40}[®™℠]|\w{1,40}\((?:R|TM)\)",
    re.IGNORECASE,
)


def texts(form: Form, answers: Answers, keys: tuple[str, ...] = PRODUCT_KEYS) -> Iterator[tuple[str, str]]:
    """(key, text) of the answers to these questions that were given."""
    for key in keys:
        text = answers.get(key)
        if isinstance(text, str) and text and key in form.public_keys:
            yield key, text


def physical_terms(text: str) -> str:
    """The remedy for words that cannot define a product: what to keep, what to add, and an example."""
    kept = _beginning(text)
    start = f'Keep "{kept}" and add' if kept else "Instead give"
    return f"{start} material, dimensions, ratings and other features that Customs can see or measure, as in {EXAMPLE}."


def _beginning(text: str) -> str:
    """The text up to the first words that speak of use, users or brands; "" when nothing useful is left."""
    match = _OFFENCE.search(text)
    kept = text[: match.start()] if match else text
    kept = re.sub(r"[\s,;:(-]+$", "", kept)
    return kept if 3 <= len(kept) <= 120 and "\n" not in kept else ""
