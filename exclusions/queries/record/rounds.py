"""Whether a round is frozen, and who has a petition in it."""

from exclusions import questionnaires
from exclusions.models import Event, MadeForm, Petition, PublicPetition, Round
from exclusions.questionnaires.made import Asked
from exclusions.workflow.states import Status


def is_frozen(round: Round) -> bool:
    """Say whether a petition was filed in this version of a round, so that nothing of it changes any more."""
    filed = Petition.objects.filter(round=round).exclude(status=Status.DRAFT)
    return filed.exists() or PublicPetition.objects.filter(round=round).exists()


def history(round: Round) -> list[Event]:
    """Return what is on record of a round, of all its versions, newest first."""
    return list(Event.objects.filter(subject=f"round:{round.slug}"[:60]).select_related("by").order_by("-sequence"))


def petition_forms() -> list[str]:
    """Return the keys of the shipped forms on which a petition can be filed."""
    return [key for key in questionnaires.KEYS if not key.startswith(("response", "reply"))]


def questions_of(form: MadeForm) -> dict[str, Asked]:
    """Return how each chosen question of a made form is asked."""
    return {row.key: Asked(row.required, row.confidential) for row in form.questions.order_by("pk")}
