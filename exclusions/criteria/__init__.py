"""The legal factors, one a file: what a person must find on before a decision. A round names those it applies."""

from exclusions.criteria.administrability import ADMINISTRABILITY
from exclusions.criteria.availability import AVAILABILITY
from exclusions.criteria.criterion import (
    ADVERSE,
    DENIAL_REASONS,
    FORMER_REASONS,
    OF_FACTS,
    OF_FORM,
    OTHER_FACT,
    RESULTS,
    Criterion,
    family,
)
from exclusions.criteria.domestic_manufacturing import DOMESTIC_MANUFACTURING
from exclusions.criteria.eligibility import ELIGIBILITY
from exclusions.criteria.narrowing import NARROWING_REASONS, PROPOSERS
from exclusions.criteria.objective import OBJECTIVE
from exclusions.criteria.severe_economic_harm import SEVERE_ECONOMIC_HARM
from exclusions.criteria.strategic_importance import STRATEGIC_IMPORTANCE

__all__ = [
    "ADVERSE",
    "ALL",
    "CODED_REASONS",
    "DENIAL_REASONS",
    "KEYS",
    "NARROWING_REASONS",
    "OF_FACTS",
    "OF_FORM",
    "OTHER_FACT",
    "PROPOSERS",
    "REASON_OF",
    "RESULTS",
    "Criterion",
    "family",
    "get",
]

# In the order a letter states them.
ALL: tuple[Criterion, ...] = (
    ELIGIBILITY,
    AVAILABILITY,
    SEVERE_ECONOMIC_HARM,
    STRATEGIC_IMPORTANCE,
    DOMESTIC_MANUFACTURING,
    OBJECTIVE,
    ADMINISTRABILITY,
)
_BY_KEY = {criterion.key: criterion for criterion in ALL}
KEYS: tuple[str, ...] = tuple(_BY_KEY)
# Of a denial, and of a grant in part.
CODED_REASONS = {**DENIAL_REASONS, **NARROWING_REASONS}
# What every code says that a conclusion or decision on record may have, those of earlier versions too.
REASON_OF = {**CODED_REASONS, **FORMER_REASONS}


def get(key: str) -> Criterion:
    """Return the criterion with this key; KeyError when there is none."""
    return _BY_KEY[key]
