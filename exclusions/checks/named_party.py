"""Does a product text name its producer, importer or consumer? Such requests are not considered (84 FR 29576)."""

import re
from collections.abc import Iterator

from exclusions.checks.result import Answers, CheckResult, Facts, Form, error, warning
from exclusions.checks.scope_texts import PRODUCT_KEYS, SCOPE_KEYS, physical_terms, texts

_SUFFIX = re.compile(
    r"[,.]?\s+(?:incorporated|inc|llc|l\.l\.c|lp|llp|corporation|corp|company|co|limited|ltd|gmbh|ag|plc|sa)\.?$", re.I
)
_CONSUMERS = (
    r"(?:makers?|manufacturers?|producers?|builders?|assemblers?|hospitals?|clinics?|schools?|restaurants?|hotels?|"
    r"retailers?|customers?|farmers?|growers?|converters?|contractors?|installers?|distributors?|companies|firms|plants)"
)
_WHO = rf"(?:the\s+|our\s+)?(?:[\w-]{{1,40}}\s+){{0,3}}{_CONSUMERS}\b"
# Consumers of the goods, by what they do with them or where they are; an error.
_CONSUMER = re.compile(
    rf"\b(?:(?i:used|consumed|purchased|bought|resold|for\s+use)\s+by\s+{_WHO}(?:\s+in\s+[A-Z][a-z]+)?"
    rf"|(?i:by|for|to)\s+{_WHO}(?:\s+[\w-]{{1,40}}){{0,4}}?\s+in\s+[A-Z][a-z]+)"
)
# "For restaurants" may also say what the goods are like; a warning.
_PERHAPS = re.compile(rf"\bfor\s+(?:use\s+in\s+)?{_WHO}", re.IGNORECASE)
_COMPANY = re.compile(
    r"\b[A-Z][\w&'-]{0,40}(?:\s+[A-Z][\w&'-]{0,40}){0,4},?\s+(?:Inc|LLC|Corp|Co\.,?\s*Ltd|GmbH|Ltd)\b\.?"
)


def check(form: Form, answers: Answers, facts: Facts) -> Iterator[CheckResult]:
    """Errors for the filer's own name, a company's name, or the goods' consumers in a product text."""
    own = [name for name in map(_short, _names(answers, facts)) if len(name) >= 4]
    for key, text in texts(form, answers, PRODUCT_KEYS):
        plain = f" {_words(text)} "
        named = next((name for name in own if f" {_words(name)} " in plain), None)
        company = _COMPANY.search(text)
        if named or company:
            who = named or (company.group() if company else "")
            yield error(
                key,
                f'The product cannot be defined by who makes or imports it: "{who}".',
                "Leave companies out; any importer may use an exclusion. Describe the goods alone.",
            )
    for key, text in texts(form, answers, SCOPE_KEYS):
        consumer, perhaps = _CONSUMER.search(text), _PERHAPS.search(text)
        if consumer:
            yield error(
                key,
                f'The product cannot be defined by its consumers: "{consumer.group().strip()}".',
                physical_terms(text),
            )
        elif perhaps:
            yield warning(
                key,
                f'"{perhaps.group().strip()}" may define the product by its consumers, which is not allowed.',
                'Say what the goods are designed for, "designed for use in …", or describe their features alone.',
            )


def _names(answers: Answers, facts: Facts) -> list[str]:
    keys = ("org_legal_name", "third_party_name", "importer_of_record")
    return [*facts.names, *(str(answers[key]) for key in keys if answers.get(key))]


def _short(name: str) -> str:
    """The name without its legal form, which a text may well leave out."""
    return _SUFFIX.sub("", name.strip())


def _words(text: str) -> str:
    return " ".join(re.sub(r"[^0-9a-z]+", " ", text.casefold()).split())
