"""The latest decisions, as the public reads them."""

from exclusions.models.public import PublicPetition
from exclusions.workflow.states import Stage

LOOKED_AT = 4  # as many are read for each that is shown
DECIDED = (Stage.GRANTED, Stage.IN_PART, Stage.DENIED)


def latest_decisions(count: int = 5) -> list[PublicPetition]:
    """Return the petitions decided last, newest first, at most `count`, with what a list shows of each.

    A grant that waits for its notice is not among them: its stage is still the last one before the outcome.
    """
    rows = (
        PublicPetition.objects.filter(decided_on__isnull=False)
        .only("reference", "product_name", "organization_name", "hts10", "stage", "decided_on")
        .order_by("-decided_on", "-reference")[: LOOKED_AT * count]
    )
    # Asked of the database, the stage would be looked up by its own index, which half of the docket stands under.
    return [petition for petition in rows if petition.stage in DECIDED][:count]
