"""What a petition was returned for, and whether its filer has changed anything since."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from exclusions.checks.substance import lacks_substance
from exclusions.facts.forms import petition_form
from exclusions.facts.rounds import pause_refusal
from exclusions.models import Cure, Petition
from exclusions.questionnaires import Kind, Questionnaire
from exclusions.workflow.deadlines import CURE_LEAST, CURE_MOST, eastern_date, in_words, window_refusal
from exclusions.workflow.deadlines import window_open as window_open_at
from exclusions.workflow.states import Status

MOST_POINTS = 10
Data = Mapping[str, Any] | None


def open_cure(petition: Petition) -> Cure | None:
    """Return what a returned petition is to be corrected for; None of others, and of one returned with a note alone."""
    return last_cure(petition) if petition.status == Status.RETURNED else None


def last_cure(petition: Petition) -> Cure | None:
    """Return what the petition was returned for last, or None."""
    return Cure.objects.filter(petition=petition).order_by("-number").first()


def changed_questions(form: Questionnaire, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Return the keys of the questions whose answers differ, in the order of the form; certifications aside."""
    return [
        question.key
        for question in form.questions
        if question.kind is not Kind.CERTIFY and before.get(question.key) != after.get(question.key)
    ]


def changed_since_return(petition: Petition, answers: Mapping[str, Any] | None = None) -> list[str]:
    """Return the keys of the questions that were changed since the petition was filed last.

    `answers` are those of the open version, where the caller has them; without an open version nothing was changed.
    """
    if answers is None:
        found = petition.versions.open().newest()
        if found is None:
            return []
        answers = found.answers
    sealed = petition.versions.sealed().newest()
    return changed_questions(petition_form(petition.round), sealed.answers if sealed else {}, answers)


def points_problems(form: Questionnaire, points: Any) -> list[str]:
    """Return what is wrong with the points that a clerk names: [{question, remedy}]."""
    if not points:
        return ["Name at least one question to correct, and say what the filer must do."]
    if isinstance(points, str) or not all(isinstance(point, Mapping) for point in points):
        return ["Give each point as a question of the form and a remedy."]
    if len(points) > MOST_POINTS:
        return [f"Name at most {MOST_POINTS} questions. Put everything about one question into one remedy."]
    sentences = []
    for point in points:
        key = str(point.get("question", ""))
        if key not in form.labels:
            sentences.append(f"The form has no question “{key}”. Choose one of its questions.")
        elif not str(point.get("remedy", "")).strip():
            sentences.append(f"“{form.labels[key]}”: say what the filer is to do.")
        elif lacks_substance(str(point["remedy"])):
            sentences.append(f"“{form.labels[key]}”: this is too short. Say in a sentence what the filer is to do.")
    return sentences


def last_day_problem(chosen: Any, at: datetime) -> str:
    """Return what is wrong with the last day that a clerk chose, or ""; None is the day of the rule."""
    if chosen is None:
        return ""
    if not isinstance(chosen, date):
        return "Enter the last day as a date, for example 2019-07-22."
    today = eastern_date(at)
    if not today + timedelta(days=CURE_LEAST) <= chosen <= today + timedelta(days=CURE_MOST):
        return f"Choose a last day {CURE_LEAST} to {CURE_MOST} days from now."
    return ""


# ---- Gates of the transition table -----------------------------------------------------------------------------------
def points_named(petition: Petition, user: object, at: datetime, data: Data) -> list[str]:
    """A return names questions of the form, each with its remedy."""
    return [] if data is None else points_problems(petition_form(petition.round), data.get("points"))


def cure_day_chosen(petition: Petition, user: object, at: datetime, data: Data) -> list[str]:
    """The last day that the clerk chose, if one was chosen, leaves time to correct the petition."""
    problem = last_day_problem(data.get("last_day"), at) if data else ""
    return [problem] if problem else []


def cure_in_time(petition: Petition, user: object, at: datetime, data: Data) -> list[str]:
    """The last day to correct a returned petition has not passed."""
    refused = window_refusal(None, petition.cure_closes_at, at, what="The period to correct this petition")
    return [refused] if refused else []


def changed_or_stated(petition: Petition, user: object, at: datetime, data: Data) -> list[str]:
    """Something was changed since the return, or the filer says that nothing was, and that it is meant."""
    if data is None or data.get("unchanged") or changed_since_return(petition, data.get("open_answers")):
        return []
    return ["You changed nothing since the petition was returned. Correct it, or say that you leave it as it is."]


def cure_period_over(petition: Petition, user: object, at: datetime, data: Data) -> list[str]:
    """The last day to correct a returned petition has passed; one returned without a last day never lapses."""
    paused = pause_refusal(petition.round)
    if paused:
        return [paused]  # nothing can be submitted meanwhile, and the period gets the days back
    closes = petition.cure_closes_at
    if closes is None:
        return ["This petition was returned without a last day."]
    return [f"It may be corrected until {in_words(closes)}."] if window_open_at(None, closes, at) else []
