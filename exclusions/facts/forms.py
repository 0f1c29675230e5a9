"""Which form and which legal factors a round uses, and what is wrong with a round that names others than there are."""

from collections.abc import Sequence
from functools import lru_cache

from exclusions import criteria, questionnaires
from exclusions.criteria import Criterion
from exclusions.errors import BrokenRound
from exclusions.models.round import MadeForm, Round
from exclusions.questionnaires import Questionnaire, made


def form_of(key: str, periods: Sequence[str] = ()) -> Questionnaire:
    """Return the form of this key, shipped or made. KeyError for one that there is not, ValueError for bad periods."""
    if key in questionnaires.KEYS:
        return questionnaires.get(key, periods=tuple(periods))
    slug, _, number = key.rpartition("-v")
    if not slug or not number.isdecimal() or len(number) > 4:
        raise KeyError(key)
    return _made_form(slug, int(number), tuple(periods))


@lru_cache(maxsize=64)
def _made_form(slug: str, version: int, periods: tuple[str, ...]) -> Questionnaire:
    """Return a form that was made. No row of one ever changes, so that it is read once in a process."""
    found = MadeForm.objects.filter(slug=slug, version=version).order_by("pk").first()
    if found is None:
        raise KeyError(f"{slug}-v{version}")
    asked = {row.key: made.Asked(row.required, row.confidential) for row in found.questions.order_by("pk")}
    return made.form_from(questionnaires.get(found.based_on, periods=periods), found.key, found.title, asked)


def made_keys() -> list[str]:
    """Return the keys of the forms that were made, the versions of each newest first."""
    return [form.key for form in MadeForm.objects.order_by("slug", "-version")]


def forget_made_forms() -> None:
    """Read made forms anew: for whoever empties the tables, which only tests do."""
    _made_form.cache_clear()


def petition_form(round: Round) -> Questionnaire:
    """Return the round's petition form with its own periods. Raises BrokenRound."""
    return _form(round, round.questionnaire, "petition form", round.purchase_periods)


def question_numbers(round: Round) -> dict[str, set[str]]:
    """Return the questions of the round's petition form, keys by number; those without a number are in none."""
    found: dict[str, set[str]] = {}
    for question in petition_form(round).questions:
        if question.number:
            found.setdefault(question.number, set()).add(question.key)
    return found


def response_form(round: Round) -> Questionnaire:
    """Return the form of a response to a petition of the round. Raises BrokenRound, also for one that takes none."""
    return _form(round, round.response_questionnaire, "form for responses")


def reply_form(round: Round) -> Questionnaire:
    """Return the form of the requester's reply to a response. Raises BrokenRound, also for a round that takes none."""
    return _form(round, round.reply_questionnaire, "form for replies")


def _form(round: Round, key: str, what: str, periods: Sequence[str] = ()) -> Questionnaire:
    try:
        return form_of(key, periods)
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise BrokenRound(_broken(round, _fault(what, key, periods))) from error


def criteria_of(round: Round) -> list[Criterion]:
    """Return the legal factors of a round, in their order. Raises BrokenRound."""
    faults = _faults_of_criteria(round)
    if faults:
        raise BrokenRound(_broken(round, " ".join(faults)))
    return [criteria.get(key) for key in round.criteria]


def faults_of(round: Round) -> list[str]:
    """Return a sentence for each form and legal factor that a round names and nobody knows; none: it is sound."""
    found = _faults_of_criteria(round)
    forms = [("petition form", round.questionnaire, round.purchase_periods)]
    if round.response_questionnaire:
        forms.append(("form for responses", round.response_questionnaire, ()))
    if round.reply_questionnaire:
        forms.append(("form for replies", round.reply_questionnaire, ()))
    for what, key, periods in forms:
        try:
            form_of(key, periods)
        except (KeyError, ValueError, TypeError, AttributeError):
            found.append(_fault(what, key, periods))
    return found


def is_sound(round: Round) -> bool:
    """Say whether petitions can be filed and judged under a round."""
    return not faults_of(round)


def _faults_of_criteria(round: Round) -> list[str]:
    if not isinstance(round.criteria, list) or not round.criteria:
        return ["It names no legal factors."]
    return [f"Its legal factor “{key}” is not known." for key in round.criteria if key not in criteria.KEYS]


def _fault(what: str, key: str, periods: Sequence[str]) -> str:
    if key in questionnaires.KEYS or key in made_keys():
        asked = ", ".join(map(str, periods)) if isinstance(periods, list) else periods
        return f"Its {what} “{key}” cannot ask for the periods {asked}."
    return f"Its {what} “{key}” is not known."


def _broken(round: Round, faults: str) -> str:
    return f"{round.title} ({round.docket}) cannot be used as it stands. {faults} An administrator has to correct it."
