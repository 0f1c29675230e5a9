"""Every form version, declared once as data; `get` gives one by its key, for the periods of a round."""

from collections.abc import Callable, Sequence
from functools import lru_cache, partial

from exclusions.questionnaires.comment_2021 import comment_2021
from exclusions.questionnaires.covid_2020 import covid_2020
from exclusions.questionnaires.grounds import with_grounds
from exclusions.questionnaires.language.periods import Period, period
from exclusions.questionnaires.language.question import Kind, PrintedRow, Problem, Question, Step, Visibility
from exclusions.questionnaires.language.questionnaire import Questionnaire
from exclusions.questionnaires.machinery_2024 import machinery_2024
from exclusions.questionnaires.petition_2019 import LIST_3, LIST_4A, LISTS_1_AND_2, petition
from exclusions.questionnaires.reinstatement_2021 import reinstatement_2021
from exclusions.questionnaires.reply_2019 import reply_2019
from exclusions.questionnaires.response_2019 import response_2019
from exclusions.questionnaires.response_2024 import response_2024

__all__ = [
    "KEYS",
    "Kind",
    "PrintedRow",
    "Problem",
    "Question",
    "Questionnaire",
    "Step",
    "Visibility",
    "get",
]

Build = Callable[[Sequence[Period]], Questionnaire]


def _of_its_own(build: Callable[[], Questionnaire]) -> Build:
    """Return a form that asks for no periods."""
    return lambda periods: build()


_FORMS: dict[str, Build] = {
    LIST_3.key: partial(petition, LIST_3),
    LIST_4A.key: partial(petition, LIST_4A),
    LISTS_1_AND_2.key: partial(petition, LISTS_1_AND_2),
    "machinery-2024": _of_its_own(machinery_2024),
    "reinstatement-2021": reinstatement_2021,
    "comment-2021": comment_2021,
    "covid-2020": _of_its_own(covid_2020),
    "response-2019": _of_its_own(response_2019),
    "response-2024": _of_its_own(response_2024),
    "reply-2019": _of_its_own(reply_2019),
}
KEYS: tuple[str, ...] = tuple(_FORMS)


def get(key: str, periods: Sequence[str] = ()) -> Questionnaire:
    """Return the questionnaire with this key, asking for these purchase periods ("2018", "2019-Q1", "2019-H1").

    Without periods the form's own stand. Raises KeyError for an unknown key, ValueError for an unreadable period.
    """
    return _get(key, tuple(periods))


@lru_cache(maxsize=64)
def _get(key: str, periods: tuple[str, ...]) -> Questionnaire:
    return with_grounds(_FORMS[key](tuple(period(text) for text in periods)))
