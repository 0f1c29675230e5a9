"""What is said of a question that has no answer yet."""

from collections.abc import Mapping

from exclusions.questionnaires.language.compounds import Flaw
from exclusions.questionnaires.language.condition import Answers
from exclusions.questionnaires.language.question import Kind, Question


def missing(question: Question, counted: Answers, labels: Mapping[str, str]) -> Flaw | None:
    """Return the flaw of an empty answer beside the answers that count, or None when it may be empty.

    `labels` are those of the form's questions, by key.
    """
    remedy = _REMEDIES.get(question.kind, "Please fill it in.")
    required = question.required
    if isinstance(required, bool):
        return Flaw("", f'"{question.label}" has no answer yet.', remedy) if required else None
    if not required.holds(counted):
        return None
    return Flaw("", f'"{question.label}" has no answer yet. You must answer it if {required.clause(labels)}.', remedy)


_REMEDIES = {
    Kind.YES_NO: "Choose Yes or No.",
    Kind.YES_NO_UNSURE: "Choose Yes, No or Not sure.",
    Kind.CHOICE: "Choose one of the answers.",
    Kind.COUNTRY: "Choose a country.",
    Kind.STATE: "Choose a state.",
    Kind.CERTIFY: "Tick the box to certify.",
    Kind.FILES: "Add at least one document.",
    Kind.ROWS: "Fill in at least one row.",
    Kind.PURCHASES: "Fill in the table. Enter 0 where there is none.",
    Kind.REVENUE: "Enter the amount for each period. Enter 0 if there is none.",
    Kind.HTS10: "Enter the ten digits of the HTSUS number.",
    Kind.MONEY: "Enter a whole dollar amount. Enter 0 if there is none.",
    Kind.PERCENT: "Enter a percentage from 0 to 100.",
    Kind.NUMBER: "Enter a whole number. Enter 0 if there is none.",
    Kind.QUANTITY: "Enter the number and its unit.",
    Kind.EMAIL: "Enter one address, such as name@example.com.",
    Kind.PHONE: "Enter ten digits, or + and the country code.",
    Kind.ZIP: "Enter five digits, or nine as 12345-6789.",
}
