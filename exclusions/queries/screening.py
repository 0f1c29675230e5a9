"""Public answers that may hold confidential matter, for the clerk who reads them before posting."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from exclusions.checks.confidential_echo import echoes
from exclusions.checks.confidential_words import suspicions
from exclusions.queries.evidence import AnswerStep, confidential_values
from exclusions.questionnaires import Questionnaire


@dataclass(frozen=True)
class Doubt:
    """A public answer that deserves a second look: which, the words in it, and why."""

    key: str
    label: str
    excerpt: str
    why: str


def doubts(form: Questionnaire, answers: Mapping[str, Any], public: list[AnswerStep]) -> list[Doubt]:
    """Return what stands out in the public answers, in the order of the form; empty when nothing does."""
    secrets = confidential_values(form, answers)
    found = []
    for line in (line for step in public for line in step.lines):
        repeated = echoes(line.value, secrets)
        if repeated:
            labels = ", ".join(f"“{label}”" for label in repeated)
            found.append(Doubt(line.key, line.label, line.value[:120], f"repeats what {labels} gives in confidence"))
        found += [Doubt(line.key, line.label, hit.excerpt, hit.why) for hit in suspicions(line.value)]
    return found
