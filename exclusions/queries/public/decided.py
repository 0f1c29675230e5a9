"""The latest decisions, as the public reads them."""

from exclusions.models.public import PublicPetition
from exclusions.workflow.states import Stage

SHOWN = 5
LOOKED_AT = 4  # as many are read for each that is shown
DECIDED = (Stage.GRANTED, Stage.IN_PART, Stage.DENIED)


def latest_decisions() -> list[PublicPetition]:
    """Return the petitions decided last, newest first, at most SHOWN, with what a list shows of each. One statement.

    A grant that waits for its notice is not among them: its stage is still the last one before the outcome.
    """
    rows = PublicPetition.objects.filter(decided_on__isnull=False).order_by("-decided_on", "-reference")
    shown = rows.only("reference", "product_name", "organization_name", "hts10", "stage", "decided_on")
    # Asked of the database, the stage would be looked up by its own index, which half of the docket stands under.
    return [petition for petition in shown[: LOOKED_AT * SHOWN] if petition.stage in DECIDED][:SHOWN]
