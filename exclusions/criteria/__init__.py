"""The legal factors, one a file: what a person must find on before a decision. A round names those it applies."""

from exclusions.criteria.administrability import ADMINISTRABILITY
from exclusions.criteria.availability import AVAILABILITY
from exclusions.criteria.criterion import DENIAL_REASONS, RESULTS, Criterion
from exclusions.criteria.domestic_manufacturing import DOMESTIC_MANUFACTURING
from exclusions.criteria.eligibility import ELIGIBILITY
from exclusions.criteria.narrowing import NARROWING_REASONS, PROPOSERS
from exclusions.criteria.objective import OBJECTIVE
from exclusions.criteria.severe_economic_harm import SEVERE_ECONOMIC_HARM
from exclusions.criteria.strategic_importance import STRATEGIC_IMPORTANCE

__all__ = [
    "ALL",
    "CODED_REASONS",
    "DENIAL_REASONS",
    "KEYS",
    "NARROWING_REASONS",
    "PROPOSERS",
    "RESULTS",
    "Criterion",
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


def get(key: str) -> Criterion:
    """The criterion with this key; KeyError when there is none."""
    return _BY_KEY[key]
