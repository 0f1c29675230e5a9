"""Does a product text lean on a trademark, brand or model number? USTR does not consider requests that do (2.2 of each
notice's procedures; 84 FR 29576), and Customs does not administer them.
"""

import re
from collections.abc import Iterator

from exclusions.checks.result import Answers, CheckResult, Facts, Form, error, warning
from exclusions.checks.scope_texts import physical_terms, texts

# "(R)" counts only after a letter: chemical names begin so. "Unbranded" is no brand.
_MARK = re.compile(
    r"\w{0,40}[®™℠]|\w\((?:R|TM)\)|\btrade[- ]?(?:mark(?:ed)?|names?)\b|\bbrand(?:ed|s|\s+names?)?\b:?", re.IGNORECASE
)
_MODEL = re.compile(
    r"\b(?:model|part|catalog|style|item)\s+(?:nos?\.?|numbers?|#)\s*:?\s*(?=[\w-]{0,20}\d)"
    r"|\b(?:model|SKU|P/N)\s*:?\s*(?=[\w-]{0,20}\d)",
    re.IGNORECASE,
)
# Letters with digits, or a capital within a word: often a model or brand, but also a steel grade or a chemical.
_LOOKS_LIKE_MODEL = re.compile(r"(?<![\w-])(?=[A-Z0-9-]{0,20}\d{2})[A-Z]{2,8}-?\d[A-Z0-9-]{2,20}\b")
_LOOKS_LIKE_BRAND = re.compile(r"\b[A-Z][a-z]{2,20}[A-Z][a-z]{2,20}\w{0,20}\b")
# Standards and grades that look the same and are welcome.
_STANDARDS = re.compile(
    r"^(?:AISI|ASTM|ASME|ANSI|ISO|IEC|IEEE|DIN|EN|SAE|UL|IP|CAS|API|JIS|GB|NEMA|AWG|HRC|PVC|UNS|USB|DDR|HDMI|PM)(?:\b|-?\d)"
)


def check(form: Form, answers: Answers, facts: Facts) -> Iterator[CheckResult]:
    """Errors for marks, brand words and model numbers; warnings for words that look like one."""
    for key, text in texts(form, answers):
        mark, model = _MARK.search(text), _MODEL.search(text)
        if mark:
            found = text[mark.start() : mark.end() + 30].split("\n")[0].strip()
            yield error(key, f'A trademark or brand cannot define the product: "{found}".', physical_terms(text))
        if model:
            yield error(
                key,
                f'A model or part number cannot define the product: "{model.group().strip()}".',
                "Describe the physical features that the number stands for.",
            )
        elif not mark:
            yield from _suspect(key, text)


def _suspect(key: str, text: str) -> Iterator[CheckResult]:
    for pattern in (_LOOKS_LIKE_MODEL, _LOOKS_LIKE_BRAND):
        found = [word for word in pattern.findall(text) if not _STANDARDS.search(word)]
        if found:
            yield warning(
                key,
                f'"{found[0]}" looks like a brand or model.',
                "If it is one, describe the features it stands for; a standard or grade may stay.",
            )
            return
