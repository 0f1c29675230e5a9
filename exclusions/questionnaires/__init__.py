"""Every form version, declared once as data; `get` gives one by its key, for the periods of a round."""

from collections.abc import Callable, Sequence
from functools import lru_cache, partial

from exclusions.questionnaires.periods import Period, period
from exclusions.questionnaires.petition_2019 import LIST_3, LIST_4A, LISTS_1_AND_2, petition
from exclusions.questionnaires.questionnaire import Questionnaire

_FORMS: dict[str, Callable[[Sequence[Period]], Questionnaire]] = {
    LIST_3.key: partial(petition, LIST_3),
    LIST_4A.key: partial(petition, LIST_4A),
    LISTS_1_AND_2.key: partial(petition, LISTS_1_AND_2),
}
KEYS: tuple[str, ...] = tuple(_FORMS)


def get(key: str, periods: Sequence[str] = ()) -> Questionnaire:
    """The questionnaire with this key, asking for these purchase periods ("2018", "2019-Q1", "2019-H1").

    Without periods the form's own stand. Raises KeyError for an unknown key, ValueError for an unreadable period.
    """
    return _get(key, tuple(periods))


@lru_cache(maxsize=64)
def _get(key: str, periods: tuple[str, ...]) -> Questionnaire:
    return _FORMS[key](tuple(period(text) for text in periods))
