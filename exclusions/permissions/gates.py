"""The gates that the transition table names: each returns the sentences in the way, none when the way is free.

A gate that judges what was entered with the transition returns nothing while `data` is None: it can be offered.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser

from exclusions.facts.forms import criteria_of
from exclusions.facts.rounds import pause_refusal, periods_stand, window_refusals
from exclusions.models import Outcome, Petition, Response, User
from exclusions.models.submission import CONFIRM_WITHIN
from exclusions.permissions import conclusions, cures
from exclusions.permissions.arguments import gates as arguments
from exclusions.permissions.arguments.findings import findings_cited
from exclusions.permissions.consistency import (
    alike_to_deny,
    alike_to_grant,
    alike_to_grant_in_part,
    consistency_recorded,
    like_cases_answered,
)
from exclusions.permissions.filing import blocking_problems
from exclusions.permissions.leaks import sealed_answers, uncured_refusals
from exclusions.permissions.likes.beside import unlike_named
from exclusions.permissions.notices.taking_back import notice_undone_by_two
from exclusions.permissions.notices.text_gates import (
    customs_has_no_objection,
    customs_objects,
    text_cleared,
    text_drafted,
    text_withheld,
)
from exclusions.permissions.own_view import own_view_recorded
from exclusions.permissions.two_persons import closing_confirmed, counsel_agrees, no_decision_signed
from exclusions.workflow.deadlines import in_words
from exclusions.workflow.deadlines import window_open as window_open_at
from exclusions.workflow.states import Status

Data = Mapping[str, Any] | None
Gate = Callable[[Petition, User | AnonymousUser | None, datetime, Data], list[str]]
NO_CONTACT_LEFT_OUT = "none"
STATE_CONTACTS = "Confirm that the log shows every contact about this case. If one is missing, log it first."


def window_open(petition: Petition, user: object, at: datetime, data: Data) -> list[str]:
    """The round's filing window includes the moment."""
    return window_refusals(petition.round, at)


def round_goes_on(petition: Petition, user: object, at: datetime, data: Data) -> list[str]:
    """The round is not paused."""
    found = pause_refusal(petition.round)
    return [found] if found else []


def answers_pass(petition: Petition, user: object, at: datetime, data: Data) -> list[str]:
    """No error is left in the answers. `judged_files` are the findings in files, which are not read under a lock.

    `open_answers` are the answers of the open version, where the action that holds the lock has read them; `asked`
    what is on file about numbers, where many petitions are filed.
    """
    known = data or {}
    judged, answers, asked = known.get("judged_files"), known.get("open_answers"), known.get("asked")
    return blocking_problems(petition, at, judged, answers, asked)


def certified(petition: Petition, user: object, at: datetime, data: Data) -> list[str]:
    """The filer certified the answers with this very transition."""
    if data is None or data.get("certified"):
        return []
    return ["Certify that the information is complete and correct to the best of your knowledge."]


def confidentiality_screened(petition: Petition, user: object, at: datetime, data: Data) -> list[str]:
    """The clerk read the public version for confidential matter; no refusal of such treatment is left uncured."""
    answers = sealed_answers(petition)
    refused = [
        "Confidential treatment of an answer was refused, and the answer is still there. "
        "Return the petition for correction."
        for _ in uncured_refusals(petition, answers)[:1]
    ]
    if data is None or data.get("screened"):
        return refused
    return [*refused, "Check the public version for confidential information, and tick the box."]


def response_period_over(petition: Petition, user: object, at: datetime, data: Data) -> list[str]:
    """The response period has ended (84 FR 29576: 14 days after posting); while it stands, it does not end."""
    if periods_stand(petition.round):
        return [pause_refusal(petition.round)]
    closes = petition.response_closes_at
    if closes and window_open_at(None, closes, at):
        return [f"Responses are open until {in_words(closes)}."]
    return []


def reply_period_over(petition: Petition, user: object, at: datetime, data: Data) -> list[str]:
    """Each posted response has a posted reply, or its reply deadline has passed; none still awaits posting,
    or the confirmation of its author.

    A reply that intake may yet withhold does not end the period: the requester could not give it again.
    """
    if periods_stand(petition.round):
        return [pause_refusal(petition.round)]
    waiting = petition.responses.filter(status=Response.Status.SUBMITTED).count()
    if waiting:
        return [f"{waiting} response(s) received in time are not posted yet."]
    unconfirmed = Response.objects.to_be_confirmed(at).filter(petition=petition).order_by("-created_at").first()
    if unconfirmed:  # what counts is when it was sent
        until = in_words(unconfirmed.created_at + CONFIRM_WITHIN)
        return [f"A response that was sent in time may be confirmed until {until}."]
    if not petition.round.accepts_replies:
        return []
    open_reply = Response.objects.awaiting_reply(at).filter(petition=petition).order_by("-reply_closes_at").first()
    if open_reply and open_reply.reply_closes_at:
        return [f"The requester may reply until {in_words(open_reply.reply_closes_at)}."]
    return []


def every_criterion_found(petition: Petition, user: object, at: datetime, data: Data) -> list[str]:
    """There is a finding on each criterion of the round (GAO-21-506: reasons per criterion on record)."""
    found = {finding.criterion for finding in petition.findings.all()}
    asked = criteria_of(petition.round)
    missing = [criterion.title for criterion in asked if criterion.key not in found]
    if not missing:
        return []
    return [
        "Record a finding on each criterion." if missing == [one.title for one in asked] else _ask_for_findings(missing)
    ]


def _ask_for_findings(titles: list[str]) -> str:
    return f"Record a finding on: {', '.join(titles)}."


def recommendation_made(petition: Petition, user: object, at: datetime, data: Data) -> list[str]:
    """The level that is sending the case on has recommended an outcome since the case came to it."""
    level = 2 if petition.status == Status.LEVEL2 else 1
    if any(row.level == level and row.made_at >= petition.status_since for row in petition.recommendations.all()):
        return []
    return [f"Record the level {level} recommendation first."]


def _last_recommender(petition: Petition, level: int) -> int | None:
    last = conclusions.latest(row for row in petition.recommendations.all() if row.level == level)
    return last.made_by_id if last else None


def not_the_level1_reviewer(
    petition: Petition, user: User | AnonymousUser | None, at: datetime, data: Data
) -> list[str]:
    """Level 2 is another person than level 1."""
    if user is not None and _last_recommender(petition, 1) == user.pk:
        return ["You made the level 1 recommendation. Another person must do level 2."]
    return []


def another_level2_reviewer(
    petition: Petition, user: User | AnonymousUser | None, at: datetime, data: Data
) -> list[str]:
    """The consistency check is a second level 2 reviewer's (GAO-21-506)."""
    if user is not None and _last_recommender(petition, 2) == user.pk:
        return ["You made the level 2 recommendation. A second level 2 reviewer must confirm consistency."]
    return []


def _legal(petition: Petition, *wanted: str) -> list[str]:
    review = conclusions.latest(row for row in petition.legal_reviews.all() if row.made_at >= petition.status_since)
    if review is None:
        return ["Record the legal review first."]
    if review.outcome not in wanted:
        return [f"The legal review concludes “{review.get_outcome_display()}”. This step is for the other outcome."]
    return []


def legal_favours_grant(petition: Petition, user: object, at: datetime, data: Data) -> list[str]:
    """Counsel concluded that the petition may be granted, in whole or in part."""
    return _legal(petition, Outcome.GRANT, Outcome.IN_PART)


def legal_favours_denial(petition: Petition, user: object, at: datetime, data: Data) -> list[str]:
    """Counsel concluded that the petition is to be denied."""
    return _legal(petition, Outcome.DENY)


def committee_assessed(petition: Petition, user: object, at: datetime, data: Data) -> list[str]:
    """The interagency committee recorded its assessment."""
    if any(row.made_at >= petition.status_since for row in petition.assessments.all()):
        return []
    return ["Record the committee's assessment first."]


def contacts_stated(petition: Petition, user: object, at: datetime, data: Data) -> list[str]:
    """Who signs states that every contact about the case is in its log (`contacts`: "none")."""
    return [] if data is None or data.get("contacts") == NO_CONTACT_LEFT_OUT else [STATE_CONTACTS]


def notice_cited(petition: Petition, user: object, at: datetime, data: Data) -> list[str]:
    """The Federal Register citation and the publication date are given."""
    if data is None:
        return []
    sentences = []
    if not str(data.get("citation", "")).strip():
        sentences.append("Give the Federal Register citation, for example 84 FR 38717.")
    if not isinstance(data.get("published_on"), date):
        sentences.append("Give the date on which the notice was published.")
    return sentences


GATES: dict[str, Gate] = {
    gate.__name__: gate
    for gate in (
        window_open,
        round_goes_on,
        answers_pass,
        certified,
        cures.points_named,
        cures.cure_day_chosen,
        cures.cure_in_time,
        cures.changed_or_stated,
        cures.cure_period_over,
        confidentiality_screened,
        response_period_over,
        reply_period_over,
        every_criterion_found,
        findings_cited,
        recommendation_made,
        not_the_level1_reviewer,
        another_level2_reviewer,
        consistency_recorded,
        like_cases_answered,
        unlike_named,
        alike_to_grant,
        alike_to_grant_in_part,
        alike_to_deny,
        legal_favours_grant,
        legal_favours_denial,
        text_drafted,
        text_withheld,
        customs_has_no_objection,
        customs_objects,
        committee_assessed,
        text_cleared,
        conclusions.grant_reasoned,
        conclusions.narrowing_reasoned,
        conclusions.departure_reasoned,
        conclusions.codes_found,
        conclusions.denial_coded,
        notice_cited,
        notice_undone_by_two,
        counsel_agrees,
        no_decision_signed,
        closing_confirmed,
        own_view_recorded,
        contacts_stated,
        arguments.arguments_marked,
        arguments.arguments_answered,
        arguments.answered_to_grant,
        arguments.answered_to_grant_in_part,
        arguments.answered_to_deny,
    )
}
