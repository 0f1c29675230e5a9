"""Whether a round is frozen, and who has a petition in it."""

from exclusions.models import Petition, PublicPetition, Round
from exclusions.workflow.states import Status


def is_frozen(round: Round) -> bool:
    """Say whether a petition was filed in this version of a round, so that nothing of it changes any more."""
    filed = Petition.objects.filter(round=round).exclude(status=Status.DRAFT)
    return filed.exists() or PublicPetition.objects.filter(round=round).exists()
