"""The response to a machinery request (2024): support or objection within 30 days. 89 FR 83755 (2024-10-17)."""

from exclusions.questionnaires.language.questionnaire import Questionnaire
from exclusions.questionnaires.response_2019 import response


def response_2024() -> Questionnaire:
    """Return the 2019 response in the words of the machinery round; positions keep their values."""
    return response("response-2024", "Response to a request", support="Support", oppose="Objection", noun="equipment")
