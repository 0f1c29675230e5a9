"""Which form a round uses for its petitions, for responses to them and for replies to those."""

from exclusions import questionnaires
from exclusions.models.round import Round
from exclusions.questionnaires import Questionnaire


def petition_form(round: Round) -> Questionnaire:
    """Return the round's petition form with its own periods."""
    return questionnaires.get(round.questionnaire, periods=tuple(round.purchase_periods))


def response_form(round: Round) -> Questionnaire:
    """Return the form of a response to a petition of the round. KeyError for a round that takes none."""
    return questionnaires.get(round.response_questionnaire)


def reply_form(round: Round) -> Questionnaire:
    """Return the form of the requester's reply to a response. KeyError for a round that takes none."""
    return questionnaires.get(round.reply_questionnaire)
